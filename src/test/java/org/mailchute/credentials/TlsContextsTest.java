package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class TlsContextsTest {
    private static final int SESSION_TICKET = 35; // RFC 5077 section 3.2
    private static final int PRE_SHARED_KEY_MODES = 45; // RFC 8446 section 4.2.9

    /** Java would throw vsftpd's tickets away, and then has nothing to resume. */
    @Test
    void aContextForServersThatWantSessionsResumedAsksForNoTicketsOfTls12() throws Exception {
        assertThat(extensions(TlsContexts.resuming(Optional.empty())))
                .doesNotContain(SESSION_TICKET)
                .contains(PRE_SHARED_KEY_MODES);
        assertThat(extensions(TlsContexts.of(Optional.empty(), Optional.empty())))
                .as("other contexts are as Java has them")
                .contains(SESSION_TICKET, PRE_SHARED_KEY_MODES);
    }

    /** Of the ClientHello, which is the first message (RFC 8446 section 4.1.2). */
    private static Set<Integer> extensions(SSLContext context) throws Exception {
        SSLEngine client = context.createSSLEngine("ftp.contoso.example", 21);
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        hello.flip().position(5 + 4 + 2 + 32); // record, handshake, version, random
        skip(hello, hello.get() & 0xff);
        skip(hello, hello.getShort() & 0xffff);
        skip(hello, hello.get() & 0xff);
        Set<Integer> found = new HashSet<>();
        for (int end = (hello.getShort() & 0xffff) + hello.position(); hello.position() < end; ) {
            found.add(hello.getShort() & 0xffff);
            skip(hello, hello.getShort() & 0xffff);
        }
        return found;
    }

    private static void skip(ByteBuffer buffer, int octets) {
        buffer.position(buffer.position() + octets);
    }
}
