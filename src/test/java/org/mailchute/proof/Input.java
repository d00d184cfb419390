package org.mailchute.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is given to the gateway by one of its ways in. Every recipient address is used once in a trial, so it names the input as well.
 *
 * @param name such as {@code i00042}
 * @param way how it is given
 * @param recipients none where it is to be refused
 * @param pages what it consists of; one, but where a scan is a file a page
 */
record Input(String name, Way way, List<String> recipients, List<String> pages) {
    /** The ways in. */
    enum Way {
        /** Pages and a sidecar in a watched folder. */
        SETS,
        /** A scan in a watched folder that is archived; its name tells who gets it. */
        FOLDER,
        /** A device that saves by FTP to the gateway. */
        DROP,
        /** A device that sends by SMTP to the gateway. */
        SMTP,
        /** An application that publishes at the broker's port. */
        JMS,
        /** A whole message in a pickup folder. */
        PICKUP,
        /** A scan on an FTP server that the gateway polls. */
        FTP
    }

    Input {
        recipients = List.copyOf(recipients);
        pages = List.copyOf(pages);
    }

    String page(int number) {
        return pages.get(number);
    }

    /** One for each page. */
    List<String> digests() {
        return pages.stream()
                .map(page -> digest(page.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
