package org.mailchute.border;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.mailchute.credentials.SecretText;

/** How Mailchute is known at a broker. */
public record BrokerLogin(String user, SecretText password) {
    /** Nobody else can have it: 256 bits, new at each start, never written anywhere. */
    public static BrokerLogin fresh() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new BrokerLogin("mailchute itself", new SecretText(HexFormat.of().formatHex(secret)));
    }
}
