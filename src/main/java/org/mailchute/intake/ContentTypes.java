package org.mailchute.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Content types of attachments, by what the name ends in, else by how the content starts; a stated one is checked for its form. */
public final class ContentTypes {
    /** Octets that tell a type. */
    static final int START = 5;

    private static final String UNKNOWN = "application/octet-stream";
    /** RFC 2045 section 5.1: type "/" subtype, tokens; no parameters. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry(".pdf", "application/pdf"),
            Map.entry(".tif", "image/tiff"),
            Map.entry(".tiff", "image/tiff"),
            Map.entry(".jpg", "image/jpeg"),
            Map.entry(".jpeg", "image/jpeg"),
            Map.entry(".png", "image/png"),
            Map.entry(".xps", "application/vnd.ms-xpsdocument"),
            Map.entry(".txt", "text/plain"),
            Map.entry(".csv", "text/csv"),
            Map.entry(".xml", "application/xml"),
            Map.entry(".zip", "application/zip"),
            Map.entry(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry(".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"));

    private static final Map<String, String> ENDINGS =
            Map.of("application/pdf", ".pdf", "image/tiff", ".tif", "image/jpeg", ".jpg", "image/png", ".png");

    private ContentTypes() {}

    /** The name by which a reader opens it: one without any ending (of STOU, say) gets that of what the content is. */
    static String named(String name, String type) {
        return name.lastIndexOf('.') > 0 ? name : name + ENDINGS.getOrDefault(type, "");
    }

    public static String ofName(String name) {
        String ending = name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /** Scanners write names without an ending too. */
    static String of(String name, byte[] start) {
        String byName = ofName(name);
        return byName.equals(UNKNOWN) ? ofStart(new String(start, StandardCharsets.ISO_8859_1)) : byName;
    }

    private static String ofStart(String start) {
        if (start.startsWith("%PDF-")) {
            return "application/pdf";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "image/tiff";
        }
        return start.startsWith("\u0089PNG") ? "image/png" : UNKNOWN;
    }

    public static boolean wellFormed(String type) {
        return FORM.matcher(type).matches();
    }
}
