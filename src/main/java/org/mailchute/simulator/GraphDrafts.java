package org.mailchute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drafts with their attachments, as files. */
final class GraphDrafts {
    private static final long LARGE = 3 << 20;
    private static final int STEP = 320 << 10;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Draft> drafts = new ConcurrentHashMap<>();
    private final Map<String, Attached> sessions = new ConcurrentHashMap<>();

    private record Draft(Path mime, List<Attached> attachments) {}

    private record Attached(String name, String type, long size, Path file) {
        void append(byte[] content) throws IOException {
            Files.write(file, content, StandardOpenOption.APPEND);
        }
    }

    boolean has(String id) {
        return drafts.containsKey(id);
    }

    private Draft draft(String id) throws IOException {
        Draft draft = drafts.get(id);
        if (draft == null) {
            throw new IOException("no draft " + id); // removed while another request used it
        }
        return draft;
    }

    int count() {
        return drafts.size();
    }

    GraphReply make(Path mime) throws IOException {
        String id = "AAMk" + UUID.randomUUID() + "=";
        Path kept = Files.createTempFile("draft", ".eml");
        Files.copy(mime, kept, StandardCopyOption.REPLACE_EXISTING);
        drafts.put(id, new Draft(kept, new ArrayList<>()));
        return GraphReply.made(Map.of("id", id, "isDraft", true));
    }

    GraphReply attach(String id, InputStream json) throws IOException {
        JsonNode said = JSON.readTree(json);
        byte[] content = said.path("contentBytes").binaryValue();
        if (content.length >= LARGE) {
            return new GraphReply("413 RequestEntityTooLarge: The request is too large.");
        }
        add(id, said, content.length).append(content);
        return GraphReply.made(Map.of("id", "attached"));
    }

    private Attached add(String id, JsonNode said, long size) throws IOException {
        Attached attached = new Attached(
                said.path("name").asText(),
                said.path("contentType").asText(),
                size,
                Files.createTempFile("attached", ""));
        draft(id).attachments().add(attached);
        return attached;
    }

    GraphReply session(String id, InputStream json, int port) throws IOException {
        JsonNode item = JSON.readTree(json).path("AttachmentItem");
        if (item.path("size").asLong() < LARGE) {
            return new GraphReply("400 ErrorAttachmentSizeShouldNotBeLessThanMinimumSize: Too small for a session.");
        }
        String session = UUID.randomUUID().toString();
        sessions.put(session, add(id, item, item.path("size").asLong()));
        return GraphReply.made(Map.of("uploadUrl", "https://localhost:" + port + GraphFace.UPLOAD + session));
    }

    GraphReply piece(String session, String range, InputStream body) throws IOException {
        Matcher said = RANGE.matcher(String.valueOf(range));
        Attached attached = sessions.get(session);
        if (attached == null || !said.matches()) {
            return new GraphReply("404 itemNotFound: No such session.");
        }
        byte[] content = body.readAllBytes();
        long first = Long.parseLong(said.group(1));
        long end = Long.parseLong(said.group(2)) + 1;
        boolean last = end == attached.size();
        boolean fits = first == Files.size(attached.file())
                && end - first == content.length
                && (last || content.length % STEP == 0)
                && content.length <= 4 << 20;
        if (!fits) {
            return new GraphReply("416 invalidRange: Not what is expected next.");
        }
        attached.append(content);
        return last ? GraphReply.made(Map.of("id", "attached")) : GraphReply.CONTINUE;
    }

    GraphReply remove(String id) throws IOException {
        Draft draft = draft(id);
        drafts.remove(id);
        Files.deleteIfExists(draft.mime());
        for (Attached attached : draft.attachments()) {
            Files.deleteIfExists(attached.file());
        }
        return new GraphReply("204 ");
    }

    /** As a message with its attachments. */
    Path whole(String id) throws IOException {
        Draft draft = draft(id);
        GraphMessage text = GraphMessage.read(draft.mime());
        Path whole = Files.createTempFile("whole", ".eml");
        try (OutputStream out = Files.newOutputStream(whole)) {
            line(out, String.join("\r\n", text.fields(false)));
            line(out, "Content-Type: multipart/mixed; boundary=\"=_graph\"\r\n\r\n--=_graph");
            line(out, String.join("\r\n", text.fields(true)));
            text.writeBody(out);
            for (Attached attached : draft.attachments()) {
                part(out, attached);
            }
            line(out, "--=_graph--");
        }
        return whole;
    }

    private static void part(OutputStream out, Attached attached) throws IOException {
        line(
                out,
                "--=_graph\r\nContent-Type: " + attached.type() + "\r\nContent-Disposition: attachment; filename=\""
                        + attached.name() + "\"\r\nContent-Transfer-Encoding: base64\r\n");
        byte[] block = new byte[57 * 1024];
        try (InputStream in = Files.newInputStream(attached.file())) {
            for (int read = in.readNBytes(block, 0, block.length);
                    read > 0;
                    read = in.readNBytes(block, 0, block.length)) {
                line(out, Base64.getMimeEncoder().encodeToString(Arrays.copyOf(block, read)));
            }
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
