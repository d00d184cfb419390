package org.mailchute.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What devices and old programs write: UTF-8, or whatever character set they know. */
public final class DeviceText {
    /** What old programs of this part of the world write. */
    public static final Charset WINDOWS = Charset.forName("windows-1252");

    private DeviceText() {}

    /** @param otherwise the character set of octets that are not UTF-8; what it does not know becomes U+FFFD */
    public static String of(byte[] octets, Charset otherwise) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, otherwise);
        }
    }
}
