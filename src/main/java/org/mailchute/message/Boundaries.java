package org.mailchute.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The boundaries of the multiparts that are open (RFC 2046 section 5.1.1), with a bound to their depth. */
final class Boundaries {
    /** Deeper ones are content: no reader needs them, and nobody's memory grows with them. */
    static final int DEEPEST = 50;
    /** RFC 2046 section 5.1.1, and what may stand around it. */
    private static final int LONGEST = 70 + 4;

    private final List<Open> open = new ArrayList<>();

    private record Open(String boundary, boolean digest) {}

    /** @param level of the multipart, from the outermost, 0 */
    record Found(int level, boolean closes) {}

    /** False when it is nested too deep, or has no usable boundary. */
    boolean enter(String boundary, boolean digest) {
        boolean fit = open.size() < DEEPEST && !boundary.isEmpty() && boundary.length() <= LONGEST - 4;
        return fit && open.add(new Open(boundary, digest));
    }

    /** Whether the innermost is a digest. */
    boolean inDigest() {
        return !open.isEmpty() && open.get(open.size() - 1).digest();
    }

    boolean isOne(BodyLines.Line line) {
        return find(line).level() >= 0;
    }

    /** Level -1 when it is none. */
    Found find(BodyLines.Line line) {
        byte[] octets = line.octets();
        boolean dashes = line.begins() && line.length() > 2 && octets[0] == '-' && octets[1] == '-';
        if (dashes && line.length() < 2 * LONGEST) {
            String text = new String(octets, 2, line.length() - 2, StandardCharsets.ISO_8859_1).stripTrailing();
            for (int level = open.size() - 1; level >= 0; level--) {
                String boundary = open.get(level).boundary();
                boolean closes = text.equals(boundary + "--");
                if (closes || text.equals(boundary)) {
                    return new Found(level, closes);
                }
            }
        }
        return new Found(-1, false);
    }

    /** What lies deeper has ended; so has this one when its last boundary was it. */
    void leave(Found found) {
        int left = found.closes() ? found.level() : found.level() + 1;
        open.subList(left, open.size()).clear();
    }
}
