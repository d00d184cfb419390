package org.mailchute.polled;

import java.util.Set;
import java.util.regex.Pattern;
import org.mailchute.intake.Shown;

/**
 * What an FTP server said to one command (RFC 959 section 4.2).
 *
 * @param command without its argument; empty for the greeting
 * @param begun whether a preliminary reply (1yz) came before
 * @param code three digits; of the preliminary reply where nothing has followed it
 * @param text of one line, without the code
 */
public record FtpAnswer(String command, boolean begun, int code, String text) {
    private static final int LONGEST = 300;
    static final Set<String> LISTINGS = Set.of("LIST", "MLSD", "NLST");
    /** We can do without them, or ask only to know whether somebody is there. */
    private static final Set<String> OPTIONAL = Set.of("FEAT", "OPTS", "NOOP", "PWD", "QUIT", "SIZE");

    private static final Set<Integer> ABOUT_A_FILE = Set.of(450, 451, 550, 551, 552, 553);
    /** Some servers list an empty folder with a refusal; "no such file" is none of these. */
    private static final Pattern EMPTY =
            Pattern.compile("\\bno (matching )?files\\b|\\bno data ?sets?\\b|\\bempty\\b", Pattern.CASE_INSENSITIVE);

    public FtpAnswer {
        String line = Shown.line(text.strip());
        text = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /**
     * Whether the command was answered and not done. A transfer has a preliminary reply and ends with success; nothing else is one, and an
     * empty listing without both is no empty folder.
     */
    public boolean refused() {
        if (preliminary() || OPTIONAL.contains(command)) {
            return false;
        }
        boolean done = code / 100 == 2 || command.equals("USER") && code / 100 == 3;
        return !done || isTransfer() && !begun;
    }

    private boolean isTransfer() {
        return LISTINGS.contains(command) || command.equals("RETR");
    }

    /** Whether the server does not know the command, or not so (RFC 959 section 4.2). */
    public boolean unknownThere() {
        return !begun && code >= 500 && code <= 504;
    }

    /** Whether another reply follows. */
    boolean preliminary() {
        return code / 100 == 1;
    }

    /** Whether a refused listing only means that the folder is empty. */
    public boolean meansEmpty() {
        return LISTINGS.contains(command)
                && !begun
                && (code == 450 || code == 550)
                && EMPTY.matcher(text).find();
    }

    /** Whether it concerns the one file that was asked for, and not the session or all files. */
    public boolean aboutFile() {
        return command.equals("RETR") && ABOUT_A_FILE.contains(code);
    }

    /** Whether the same command may succeed soon (4yz). */
    public boolean passing() {
        return code / 100 == 4;
    }

    /** Whether the connection lives, whatever it thinks of a command that does nothing. */
    public boolean alive() {
        return code / 100 == 2 || code >= 500 && code <= 504;
    }

    /** Code and text. */
    public String reply() {
        return (code + " " + text).strip();
    }
}
