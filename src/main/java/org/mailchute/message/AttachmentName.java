package org.mailchute.message;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import java.io.UnsupportedEncodingException;

/**
 * An attachment's name, made harmless, in the two places that readers look for it: RFC 2231 in Content-Disposition, and for
 * old Outlooks an encoded word in Content-Type.
 */
record AttachmentName(String shown) {
    private static final int LONGEST = 150;

    /** Path parts, controls, quotes and direction marks are taken out of what the scanner or application called it. */
    static AttachmentName of(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "")
                .replaceAll("[\"<>|:*?;]", "_")
                .strip();
        String shown = clean;
        while (shown.codePointCount(0, shown.length()) > LONGEST) {
            shown = shown.substring(shown.offsetByCodePoints(0, 1));
        }
        return new AttachmentName(shown.matches("\\.*") ? "attachment" : shown);
    }

    String disposition() {
        ParameterList parameters = new ParameterList();
        parameters.set("filename", shown, "utf-8");
        return new ContentDisposition("attachment", parameters).toString();
    }

    /** @param type type/subtype, already checked */
    String contentType(String type) {
        try {
            return type + ";\r\n name=\"" + MimeUtility.encodeText(shown, "utf-8", "B") + "\"";
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
    }
}
