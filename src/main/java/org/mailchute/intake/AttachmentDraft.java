package org.mailchute.intake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mailchute.spool.Ticket;

/** An attachment of a request while its keys come in. */
final class AttachmentDraft {
    @Nullable
    String name;

    @Nullable
    String contentType;

    @Nullable
    Digested content;

    Ticket.Payload payload(RequestJson json) throws IOException, Refused {
        if (name == null || content == null) {
            throw json.fault("an attachment has no name or no content", "give both");
        }
        String type = contentType == null ? ContentTypes.ofName(name) : contentType;
        return new Ticket.Payload(name, type, content.size(), content.sha256());
    }
}
