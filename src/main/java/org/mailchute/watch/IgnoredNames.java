package org.mailchute.watch;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that are never input: files still being written under a temporary name, and what operating systems leave about. */
public final class IgnoredNames {
    private static final Pattern IGNORED = Pattern.compile(
            "\\..*|~\\$.*|.*\\.(tmp|temp|part|partial|filepart|crdownload|inprogress|download|bad)|thumbs\\.db|desktop\\.ini|@eadir",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What becomes of such an upload, as a sentence about it. */
    public static final String NOT_RENAMED =
            "it has the temporary name of an upload still, and its device did not rename it";

    private final List<Pattern> more;

    /** @param more an administrator's own names, in any case of letters, where * stands for any characters and ? for one */
    public IgnoredNames(List<String> more) {
        this.more = more.stream().map(IgnoredNames::pattern).toList();
    }

    private static Pattern pattern(String name) {
        String written = name.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> letter.equals("*") ? ".*" : letter.equals("?") ? "." : Pattern.quote(letter))
                .collect(Collectors.joining());
        return Pattern.compile(written, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** Ours and the administrator's own. */
    public boolean ignores(String name) {
        return ignored(name)
                || more.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** @param name of a file or folder, without its path */
    public static boolean ignored(String name) {
        return IGNORED.matcher(name).matches();
    }
}
