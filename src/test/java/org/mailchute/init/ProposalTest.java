package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lanes are proposed. */
class ProposalTest {
    private static Integer[] ports(String open) {
        return Stream.of(open.split(" ")).map(Integer::valueOf).toArray(Integer[]::new);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # open,        reach,   a day,  known by,             lanes,               because
            587 25 443,   anybody, 1000,   none,                  mailbox,             needs no fixed address
            587 25 443,   inside,  1000,   none,                  mailbox,             signed by Microsoft
            587 25 443,   anybody, 1000,   203.0.113.7,           mailbox connector,   takes over where the mailbox is held
            587 443,      anybody, 1000,   203.0.113.7,           mailbox,             reaches everybody
            25 443,       anybody, 1000,   gateway.contoso.com,   connector,           port 587 is closed
            25 443,       anybody, 1000,   none,                  graph,               HTTPS is open
            443,          inside,  1000,   203.0.113.7,           graph,               HTTPS is open
            25,           inside,  1000,   none,                  direct,              only port 25 is open
            25,           anybody, 1000,   none,                  mailbox,             have port 587 opened first
            0,            anybody, 1000,   none,                  mailbox,             nothing is open from here
            587 25 443,   inside,  10001,  203.0.113.7,           volume,              High Volume Email
            25 443,       inside,  10001,  none,                  direct,              High Volume Email cannot be had
            587 25 443,   anybody, 10001,  203.0.113.7,           connector,           no mailbox to count by
            587 443,      anybody, 10001,  203.0.113.7,           bulk,                raise its first 100 messages an hour
            587 25 443,   anybody, 10000,  none,                  mailbox,             reaches everybody
            443,          anybody, 10001,  none,                  graph,               HTTPS is open""")
    void lanesFollowFromWhatIsOpenWhoGetsMailHowMuchAndWhatKnowsUs(
            String open, String reach, String aDay, String knownBy, String lanes, String because) {
        Proposal proposal = Proposal.of(
                Given.answers("reach: " + reach, "recipients: " + aDay, "known-by: " + knownBy),
                Given.open(ports(open)));

        assertThat(proposal.ways().map(Way::lane)).containsExactly(lanes.split(" "));
        assertThat(proposal.lanes()).extracting(Proposal.Lane::why).anyMatch(why -> why.contains(because));
    }

    @Test
    void inChinaThereIsNoHighVolumeEmail() {
        Answered answers = Given.answers("reach: inside", "recipients: 20000", "cloud: china");
        assertThat(Proposal.of(answers, Seen.nothing(answers)).ways()).containsExactly(Way.DIRECT_SEND);
    }

    @Test
    void whatIsChosenByHandIsTakenInItsOrder() {
        assertThat(Proposal.of(Given.answers("lanes: graph, direct-send"), Given.open())
                        .ways())
                .containsExactly(Way.GRAPH, Way.DIRECT_SEND);
    }

    @Test
    void whatWillNotWorkAsItStandsIsNoted() {
        Answered answers = Given.answers("lanes: relay,direct-send");
        assertThat(Proposal.of(answers, Given.seen("mx.filter.example", 25)).notes())
                .hasSize(3)
                .anyMatch(note -> note.contains("a guess, tenant.ps1 shows the right one"))
                .anyMatch(note -> note.contains("--known-by"))
                .anyMatch(note -> note.contains("taken for junk"));
        assertThat(Proposal.of(Given.answers("known-by: gw.fabrikam.com"), Given.open(25))
                        .notes())
                .anyMatch(note -> note.contains("must be an accepted domain of the tenant"));
        assertThat(Proposal.of(Given.answers("known-by: gw.contoso.com"), Given.open(25))
                        .notes())
                .isEmpty();
        assertThat(Proposal.of(Given.answers("lanes: hve"), Given.open(587)).notes())
                .anyMatch(note -> note.contains("no lane of these reaches anybody outside"));
        assertThat(Proposal.of(Given.answers("recipients: 20000"), Given.open(443))
                        .notes())
                .anyMatch(note -> note.contains("waits until the next day"));
    }
}
