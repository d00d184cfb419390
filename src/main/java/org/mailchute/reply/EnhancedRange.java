package org.mailchute.reply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One enhanced status code, or a run of them that differ in the last number: {@code 5.7.606-649}. */
record EnhancedRange(EnhancedStatusCode first, int lastDetail) {
    private static final Pattern RANGE = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:-(\\d{1,3}))?");

    /** @throws IllegalArgumentException with what is expected, when {@code text} is neither a code nor a range */
    static EnhancedRange parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("an enhanced status code such as 5.7.1 or 5.7.606-649");
        }
        EnhancedStatusCode first = EnhancedStatusCode.startOf(range.group(1)).orElseThrow();
        int last = range.group(2) == null ? first.detail() : Integer.parseInt(range.group(2));
        if (last < first.detail()) {
            throw new IllegalArgumentException("a range that does not end before it begins");
        }
        return new EnhancedRange(first, last);
    }

    boolean contains(EnhancedStatusCode code) {
        return code.statusClass() == first.statusClass()
                && code.subject() == first.subject()
                && code.detail() >= first.detail()
                && code.detail() <= lastDetail;
    }

    @Override
    public String toString() {
        return lastDetail == first.detail() ? first.toString() : first + "-" + lastDetail;
    }
}
