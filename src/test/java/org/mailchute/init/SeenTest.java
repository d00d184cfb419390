package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailchute.doctor.FirstLook.Answer;
import org.mailchute.doctor.FirstLook.Mail;
import org.mailchute.init.Seen.Port;
import org.mailchute.settings.Cloud;

/** What was seen, in words. */
class SeenTest {
    private static Seen withoutDns(Map<Port, Answer> ports) {
        return new Seen(
                "contoso.com",
                Cloud.WORLDWIDE,
                Optional.of(new Mail(List.of(), Optional.empty(), Optional.of("the DNS is silent"))),
                ports,
                Optional.empty());
    }

    @Test
    void whatCannotBeLookedUpIsSaidAndTheAnswersAreTakenAsGiven() {
        Answer none = new Answer(false, "no address known");
        Seen seen = withoutDns(Map.of(Port.SUBMISSION, none, Port.GRAPH, none));
        assertThat(seen.lines())
                .startsWith("could not look up contoso.com (the DNS is silent); answers taken as given")
                .endsWith(
                        "port 25 to the domain's MX host: not tried, it is not known",
                        "port 443 to graph.microsoft.com: no address known");
        assertThat(seen.elsewhere()).isFalse();
        assertThat(Port.values()).allMatch(seen::open);
    }

    @Test
    void whereAProxyAnswersThoughTheDnsDoesNotTheOthersAreClosed() {
        Seen seen = withoutDns(Map.of(
                Port.SUBMISSION,
                new Answer(false, "no address known"),
                Port.GRAPH,
                new Answer(true, "open by the proxy")));
        assertThat(Proposal.of(Given.answers(), seen).ways()).containsExactly(Way.GRAPH);
    }

    @Test
    void eachWayIsToldWithItsPort() {
        assertThat(Given.open(587).lines())
                .containsExactly(
                        "MX of contoso.com: contoso-com.mail.protection.outlook.com",
                        "SPF: as it should be",
                        "port 587 to smtp.office365.com: open",
                        "port 25 to contoso-com.mail.protection.outlook.com: no connection: timed out",
                        "port 443 to graph.microsoft.com: no connection: timed out");
        assertThat(Given.seen("mx.filter.example").lines())
                .contains("MX of contoso.com: mx.filter.example, not at Microsoft 365");
    }
}
