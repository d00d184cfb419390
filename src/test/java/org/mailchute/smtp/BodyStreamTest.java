package org.mailchute.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
    @Test
    void dotsAreDoubledAtLineStartsOnlyAndBareLineEndsMended() throws IOException {
        assertThat(stuffed(".a.b\r\n.\r\n..\rc\n.d", 100)).isEqualTo("..a.b\r\n..\r\n...\r\nc\r\n..d\r\n.\r\n");
    }

    @Test
    void anEmptyMessageIsTheFinalDotAlone() throws IOException {
        assertThat(stuffed("", 1)).isEqualTo(".\r\n");
    }

    @Test
    void inWhateverPiecesItComesTheOctetsAreTheSame() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(round % 10 == 0 ? 200_000 : 300);
            for (int at = 0; at < length; at++) {
                text.append("a.\r\nxyzxyzxyzxyzxyzxyz".charAt(random.nextInt(22)));
            }
            assertThat(stuffed(text.toString(), 1 + random.nextInt(70_000))).isEqualTo(stuffed(text.toString(), 1));
        }
    }

    private static String stuffed(String text, int piece) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        BodyStream body = new BodyStream(wire);
        byte[] octets = text.getBytes(US_ASCII);
        for (int at = 0; at < octets.length; at += piece) {
            if (piece == 1) {
                body.write(octets[at]);
            } else {
                body.write(octets, at, Math.min(piece, octets.length - at));
            }
        }
        body.finish();
        return wire.toString(US_ASCII);
    }
}
