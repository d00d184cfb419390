package org.mailchute.intake;

import java.util.regex.Pattern;

/** Names that are never input: files still being written under a temporary name, and what operating systems leave about. */
public final class IgnoredNames {
    private static final Pattern IGNORED = Pattern.compile(
            "\\..*|~\\$.*|.*\\.(tmp|temp|part|partial|filepart|crdownload|inprogress|bad)|thumbs\\.db|desktop\\.ini|@eadir",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private IgnoredNames() {}

    /** @param name of a file or folder, without its path */
    public static boolean ignored(String name) {
        return IGNORED.matcher(name).matches();
    }
}
