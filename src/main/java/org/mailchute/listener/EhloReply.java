package org.mailchute.listener;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What EHLO is answered (RFC 5321 section 4.1.1.1).
 *
 * @param size octets of a message, at most
 * @param startTls whether TLS may begin
 * @param login whether a login may be given now
 */
record EhloReply(long size, boolean startTls, boolean login) {
    /** The lines; the first is this host's name. */
    List<String> reply(String host) {
        List<String> all = Stream.of(
                        Stream.of(host, "SIZE " + size, "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"),
                        Stream.of("STARTTLS").filter(offered -> startTls),
                        Stream.of("AUTH PLAIN LOGIN").filter(offered -> login))
                .flatMap(offers -> offers)
                .toList();
        return IntStream.range(0, all.size())
                .mapToObj(number -> (number == all.size() - 1 ? "250 " : "250-") + all.get(number))
                .toList();
    }
}
