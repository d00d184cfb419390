package org.mailchute.console;

import java.util.regex.Pattern;
import org.mailchute.management.Request;

/** Where a visitor wanted to go before the sign-in: to a page of ours, whatever an address says. */
final class LocalPath {
    static final String FIRST = "/console";

    private static final Pattern OURS = Pattern.compile("/console(/[a-z]+)*(\\?[\\w.~!$&'()*+,;=:@/?%-]*)?");
    private static final int LONGEST = 2_000;

    private LocalPath() {}

    /** @return that, or the first page */
    static String of(String wanted) {
        return wanted.length() <= LONGEST && OURS.matcher(wanted).matches() ? wanted : FIRST;
    }

    /** The page that is asked for, with what is asked of it. */
    static String of(Request request) {
        StringBuilder path = new StringBuilder(request.path());
        request.parameters()
                .forEach((name, value) -> path.append(path.indexOf("?") < 0 ? '?' : '&')
                        .append(Labels.encoded(name))
                        .append('=')
                        .append(Labels.encoded(value)));
        return of(path.toString());
    }
}
