package org.mailchute.broker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said of Artemis' own protocol until its mended version is in. */
public final class CoreAdvice {
    public static final String FAULT =
            "whoever reaches the port may act before a login (CVE-2026-49362 and CVE-2026-57967,"
                    + " Artemis up to 2.56)";
    public static final String REMEDY_HERE =
            "amqp alone; core only where no one but your applications reaches the port";

    public static final String REMEDY_ELSEWHERE =
            "update it to Artemis 2.57, and let a firewall leave its port to those who need it";
    private static final int MAJOR = 2;
    private static final int MENDED_MINOR = 57;
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

    private CoreAdvice() {}

    /** @param version of a broker elsewhere; empty is answered for one that is mended, or that nobody can tell */
    static Optional<String> onVersion(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(numbers.group(1));
        boolean mended = major > MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) >= MENDED_MINOR);
        return mended
                ? Optional.empty()
                : Optional.of("the broker at broker.url is Artemis " + numbers.group() + ": " + FAULT + "; "
                        + REMEDY_ELSEWHERE);
    }
}
