package org.mailchute.request;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.ContentTypes;
import org.mailchute.intake.Digested;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

/** An attachment of a request while its keys come in. */
final class AttachmentDraft {
    @Nullable
    String name;

    @Nullable
    String contentType;

    @Nullable
    String sha256;

    private @Nullable Digested content;

    /** The file's own name, and what was copied. */
    record Referenced(String name, Digested content) {}

    void content(RequestJson json, Digested decoded) throws Refused {
        if (content != null) {
            throw json.fault("an attachment has two of content, reference and body", "give one of them");
        }
        content = decoded;
    }

    void reference(RequestJson json, Referenced file) throws Refused {
        content(json, file.content());
        if (name == null) {
            name = file.name();
        }
    }

    Ticket.Payload payload(RequestJson json) throws IOException, Refused {
        if (name == null || content == null) {
            throw json.fault("an attachment has no name or no content", "give both, or a reference to a file");
        }
        String type = contentType == null ? ContentTypes.ofName(name) : contentType;
        String hash = content.sha256();
        if (sha256 != null && !sha256.equals(hash)) {
            throw json.fault(
                    "\"" + name + "\" has another SHA-256 than the request says",
                    "send it again; the file changed, or was cut short");
        }
        return new Ticket.Payload(name, type, content.size(), hash);
    }
}
