package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.reply.Option;
import org.mailchute.reply.ReplyRows;

/** All rows, where {@link ReplyRowsJourneyTest} takes one of each kind. */
@Tag("nightly")
@DisplayName("P5: what a reply means is done, and told, as the table says, row for row")
class EveryReplyRowJourneyTest extends ReplyRowsJourneyTest {
    EveryReplyRowJourneyTest() throws Exception {}

    @Override
    List<ReplyCase> chosen(List<ReplyCase> all) {
        return all;
    }

    @Test
    void noRowIsLeftOut() throws Exception {
        assertThat(ReplyCase.provoked())
                .extracting(row -> row.row().at())
                .containsAll(ReplyRows.shipped().stream()
                        .filter(row -> row.options().stream().anyMatch(Option.BY_SMTP::contains))
                        .map(ReplyRows.Row::at)
                        .toList());
    }
}
