package org.mailchute.message;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ParameterList;
import java.util.regex.Pattern;

/**
 * An attachment's name, made harmless, in the two places that readers look for it: RFC 2231 in Content-Disposition, and for
 * old Outlooks an encoded word in Content-Type.
 */
record AttachmentName(String shown) {
    private static final int LONGEST = 150;
    /** No more than this of a name is looked at. */
    private static final int MUCH = 2_000;

    /** RFC 2045 section 5.1. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
    /** RFC 2046 sections 5.1 and 5.2.1: these must not be in base64, and readers would open them as mail. */
    private static final Pattern COMPOSITE = Pattern.compile("(?i)(multipart|message)/.*");

    private static final String UNKNOWN = "application/octet-stream";

    /** Path parts, controls, quotes and direction marks are taken out of what the scanner or application called it. */
    static AttachmentName of(String name) {
        String end = name.substring(Math.max(0, name.length() - MUCH));
        String clean = end.substring(Math.max(end.lastIndexOf('/'), end.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "")
                .replaceAll("[\"<>|:*?;]", "_")
                .replaceAll("\\s+", " ") // many blanks hide the ending
                .replaceAll("[. ]+$", "") // Windows drops these, and a.exe. is a program
                .strip();
        int characters = clean.codePointCount(0, clean.length());
        String shown =
                characters > LONGEST ? clean.substring(clean.offsetByCodePoints(0, characters - LONGEST)) : clean;
        return new AttachmentName(shown.isEmpty() ? "attachment" : shown);
    }

    String disposition() {
        if (shown.chars().anyMatch(character -> character > '~')) {
            return "attachment;\r\n " + ExtendedParameter.of("filename", shown);
        }
        ParameterList parameters = new ParameterList();
        parameters.set("filename", shown);
        return new ContentDisposition("attachment", parameters).toString();
    }

    /** @param stated type/subtype; what is none, or cannot be attached, becomes plain octets */
    String contentType(String stated) {
        boolean fit =
                TYPE.matcher(stated).matches() && !COMPOSITE.matcher(stated).matches();
        return (fit ? stated : UNKNOWN) + ";\r\n name=\"" + HeaderText.parameter(shown) + "\"";
    }
}
