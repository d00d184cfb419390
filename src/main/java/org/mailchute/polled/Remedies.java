package org.mailchute.polled;

import java.util.List;
import java.util.regex.Pattern;

/** What to do about a refusal: a table, read from the top. */
final class Remedies {
    private static final String REUSE =
            "it wants the TLS session of the control connection on the data connection, which"
                    + " Mailchute offers and the server did not take: look into the server's log, or switch this off there (vsftpd:"
                    + " require_ssl_reuse=NO; ProFTPD: TLSOptions NoSessionReuseRequired)";
    static final String PASSIVE_PORTS =
            "open the server's passive ports in its firewall and in those on the way, and let"
                    + " passive mode name an address that this machine reaches";
    private static final String LIMIT = "wait, or raise its limit of sessions for this user or this machine";

    private static final List<Row> ROWS = List.of(
            row("", "421", "", LIMIT),
            row("", "...", "", "let the server take connections from this machine's address"),
            row(".*", "421", "", LIMIT),
            row(
                    "AUTH",
                    "...",
                    "",
                    "switch TLS on at the server; where its TLS begins at once, set tls: implicit and its port"),
            row("PBSZ|PROT", "...", "", "let the server protect data connections (PROT P)"),
            row(
                    "PASS",
                    "332",
                    "",
                    "it wants an account besides user and password, which Mailchute cannot give: use another user"),
            row("USER|PASS", "...", "", "check user and password, and whether this user may log in there"),
            row("LIST|MLSD|NLST|RETR", "522", "", REUSE),
            row(
                    "LIST|MLSD|NLST|RETR",
                    "425|426|431|435|534|536",
                    "reus|resum|session|not permitted|\\b(ssl|tls)\\b",
                    REUSE),
            row("TYPE", "...", "", "let the server send binary files (TYPE I)"),
            row("PASV|EPSV|PORT|EPRT", "...", "", "switch passive mode on at the server"),
            row("LIST|MLSD|NLST|RETR", "425|426", "", PASSIVE_PORTS),
            row("LIST|MLSD|NLST|RETR", "53.", "", "check user and password, and what this user may do there"),
            row("LIST|MLSD|NLST", "450|55.", "", "let the user {user} list the folder {folder}, or set another folder"),
            row(
                    "CWD",
                    "...",
                    "",
                    "make the folder {folder} at the server, let the user {user} enter it, or set another"),
            row(".*", "...", "", "look into the server's log"));

    private record Row(Pattern commands, Pattern codes, Pattern text, String remedy) {
        boolean fits(FtpAnswer answer) {
            return commands.matcher(answer.command()).matches()
                    && codes.matcher(Integer.toString(answer.code())).matches()
                    && text.matcher(answer.text()).find();
        }
    }

    private Remedies() {}

    private static Row row(String commands, String codes, String text, String remedy) {
        return new Row(
                Pattern.compile(commands),
                Pattern.compile(codes),
                Pattern.compile(text, Pattern.CASE_INSENSITIVE),
                remedy);
    }

    /** With {@code {user}} and {@code {folder}} in it. */
    static String of(FtpAnswer answer) {
        return ROWS.stream()
                .filter(row -> row.fits(answer))
                .findFirst()
                .orElseThrow()
                .remedy();
    }
}
