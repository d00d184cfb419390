package org.mailchute.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.ForwardPath;

class ChunksTest {
    @Test
    void everyChunkButTheLastIsFullAndTheOrderStays() {
        List<ForwardPath> recipients = recipients(1001, "contoso.com");
        List<List<ForwardPath>> chunks = Chunks.chunks(recipients, 500);
        assertThat(chunks).extracting(List::size).containsExactly(500, 500, 1);
        assertThat(chunks.stream().flatMap(List::stream)).containsExactlyElementsOf(recipients);
    }

    @Test
    void atTheLimitThereIsOneChunkAndForNobodyThereIsNone() {
        assertThat(Chunks.chunks(recipients(500, "contoso.com"), 500)).hasSize(1);
        assertThat(Chunks.chunks(List.of(), 500)).isEmpty();
    }

    @Test
    void atAnMxHostNoChunkHasMoreThan200OfOneDomainAndOthersFillTheRoom() {
        List<ForwardPath> recipients = new ArrayList<>(recipients(450, "contoso.com"));
        recipients.addAll(recipients(250, "fabrikam.com"));
        List<List<ForwardPath>> chunks = Chunks.chunks(recipients, 500, Chunks.PER_DOMAIN_AT_MX);
        assertThat(chunks).extracting(List::size).containsExactly(400, 250, 50);
        for (List<ForwardPath> chunk : chunks) {
            assertThat(chunk.stream()
                            .filter(path -> path.domain().equals("contoso.com"))
                            .count())
                    .isLessThanOrEqualTo(200);
        }
    }

    @Test
    void aTransactionNeedsRoomForOneRecipient() {
        assertThatThrownBy(() -> Chunks.chunks(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ForwardPath> recipients(int count, String domain) {
        return IntStream.range(0, count)
                .mapToObj(i -> ForwardPath.parse("r" + i + "@" + domain))
                .toList();
    }
}
