package org.mailchute.polled;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A server and what we want there.
 *
 * @param folder empty where the user lands in the right one
 * @param largest octets of a file that is fetched
 * @param latin names are read as Latin-1 where the server does not say that they are UTF-8
 */
public record Site(String host, int port, String user, String folder, long largest, boolean latin) {
    /** As people know it. */
    public String label() {
        return host + ":" + port;
    }

    /**
     * A file's name for people. vsftpd (3.0.3) does not say that its names are UTF-8
     * ({@code findings/vsftpd-says-nothing-of-utf-8.sh}): octets that are UTF-8 are no words of Latin-1. What is said to the server is
     * the name as it was read, which gives the same octets.
     */
    public String named(String read) {
        if (!latin || read.chars().anyMatch(octet -> octet > 0xff)) {
            return read;
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException e) {
            return read;
        }
    }

    /** What it answered, and what to do about it. */
    public String tells(FtpAnswer answer) {
        String how = answer.command().isEmpty() ? "greets" : "answers " + answer.command();
        return "the server " + how + " with \"" + answer.reply() + "\"; " + remedy(Remedies.of(answer));
    }

    /** It said nothing about it. */
    public String breaksOff(String command, String words) {
        return command.equals("PASV") || command.equals("EPSV")
                ? "no data connection can be opened (" + words + "); " + Remedies.PASSIVE_PORTS
                : "the connection breaks off at " + command + " (" + words + ")";
    }

    /** A sentence with our names in it. */
    String remedy(String template) {
        return template.replace("{user}", '"' + user + '"')
                .replace("{folder}", folder.isEmpty() ? "it lands in" : '"' + folder + '"');
    }

    /** Of a file that was sent, or refused, and stays. */
    public String cannotDelete(String outcome, String reply) {
        return "was " + outcome + " but cannot be deleted on " + label() + " (" + reply + "): "
                + remedy(
                        "let the user {user} delete in the folder {folder}, or delete it by hand; it is not sent again while"
                                + " it is unchanged, and its deletion is tried again once a day");
    }

    /** Of a file that the server does not give. */
    public String cannotFetch(String reply, boolean passing) {
        return "cannot be fetched from " + label() + " (" + reply + "): "
                + remedy("let the user {user} read it there, or delete it; it is tried again "
                        + (passing ? "within a minute" : "when it has changed, once a day, and after a restart"));
    }

    /** Of a file that was fetched, and is not what its server listed or has no end. */
    public String isNoWhole(String lack, boolean passing) {
        return "is not taken from " + label() + ": " + lack + "; it stays there and is fetched again "
                + (passing ? "within a minute" : "when it has changed, once a day, and after a restart");
    }

    /** Of a file that would be refused. */
    public String isTooLarge(long size) {
        return "is not fetched from %s: %,d octets, %,d are allowed; it stays there: scan with a lower resolution or in parts, or raise maxSize under accept"
                .formatted(label(), size, largest);
    }

    /** Of a file that could not be noted when it was sent. */
    public String isOneTooMany(int most) {
        return "is not fetched from " + label() + ": more than " + most
                + " files that were sent stay there: delete them";
    }
}
