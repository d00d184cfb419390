package org.mailchute.smtpserver;

/**
 * Whether a device has doubled the dots that begin a line also where only LF ends the line before, as Python's
 * {@code sendmail(bytes)} does. Known when the message is over; nothing in it is the end of the message for that.
 */
final class LoneDots {
    private int beforeLast;
    private int last;
    private boolean begun;
    private boolean any;
    private boolean single;

    /** @param octet of the message, dots after CRLF undone */
    void take(int octet) {
        if (begun) {
            any |= octet == '.';
            single |= octet != '.';
        }
        begun = octet == '.' && last == '\n' && beforeLast != '\r';
        beforeLast = last;
        last = octet;
    }

    /** Every such line that begins with a dot begins with two. */
    boolean doubled() {
        return any && !single && !begun;
    }
}
