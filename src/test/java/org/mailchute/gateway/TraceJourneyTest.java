package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.RealPostgres;
import org.mailchute.testing.SetClock;
import org.mailchute.trace.DeliveryEvent.Kind;

/** The help desk's question: where is my scan? */
class TraceJourneyTest {
    private static final int HOURS = 24;
    /** Of two events each: a thousand that are behind are told of. */
    private static final int AN_HOUR = 25;

    @RegisterExtension
    final Town town = new Town().withoutConnector().withTrace("");

    /** Once it says this: the trace is written after the mail log. */
    private Town.Ran told(String text, String... words) throws Exception {
        return await().until(() -> trace(words), ran -> ran.out().contains(text));
    }

    private Town.Ran trace(String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = "trace";
        System.arraycopy(words, 0, all, 1, words.length);
        return town.command(all);
    }

    @Test
    void aScanIsFoundByItsNameAndAllThatHappenedIsTold() throws Exception {
        town.withScenario(Scenario.standard()
                        .withRule("anna", At.END_OF_DATA, 1, "452 4.3.1 Insufficient system storage"))
                .withoutWaits()
                .start();
        town.scan("scans", "invoice 4711.txt", "seen");

        Town.Ran ran = told("accepted for anna@contoso.example", "4711");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains(
                        "\"invoice 4711.txt\"",
                        "from scanner@contoso.example",
                        "to   anna@contoso.example: accepted since")
                .containsSubsequence(
                        "taken from folder:scans",
                        "lane direct: not yet for anna@contoso.example; the server said: 452 4.3.1 Insufficient system storage",
                        "again at ",
                        "lane direct, attempt 2: accepted for anna@contoso.example; the server said: 250 ");
        assertThat(trace("anna", "--today", "--json").out()).startsWith("[{").contains("\"name\":\"invoice 4711.txt\"");
        assertThat(trace("anna", "--outcome", "dead").exitCode()).isEqualTo(1);
        assertThat(trace("anna", "--outcome", "dead").out()).isEqualTo("0 messages\n");
        await("nothing is to be written").until(() -> town.metrics().contains("mailchute_trace_behind 0.0"));
    }

    @Test
    void whatWasGivenUpAndWhatWasRefusedIsToldWithItsReason() throws Exception {
        town.start();
        town.publish("{\"to\": [\"leaver@contoso.example\"], \"subject\": \"Your order\", \"text\": \"x\"}");
        town.publish("{\"to\": [\"anna@elsewhere.example\"], \"subject\": \"Refused\", \"text\": \"x\"}");

        Town.Ran dead = told("given up for leaver@contoso.example", "order");
        assertThat(dead.out()).contains("The recipient does not exist.", "Correct the address");
        assertThat(told("not taken from jms:applications", "refused").out()).contains("nobody");
        assertThat(trace().out()).contains("dead", "refused", "2 messages");
    }

    @Test
    void aPersonIsErased() throws Exception {
        town.start();
        town.publish("{\"to\": [\"anna@contoso.example\"], \"subject\": \"Your order\", \"text\": \"x\"}");
        told("accepted for anna@contoso.example", "order");

        assertThat(trace("forget", "anna@contoso.example").out())
                .isEqualTo("anna@contoso.example is erased from 1 message\n");

        assertThat(trace("order").exitCode()).isEqualTo(1);
        assertThat(trace("forget", "anna").err()).contains("whom? give the whole address");
    }

    @Test
    void aDatabaseThatIsGoneForADayHoldsUpNoMailIsToldAndTheTraceIsWholeAfterwards() throws Exception {
        SetClock clock = new SetClock();
        try (RealPostgres postgres = RealPostgres.start()) {
            town.withTrace("url: \"" + postgres.url() + "\", user: mailchute")
                    .withSection("notices: {from: mailchute@contoso.example, to: admin@contoso.example}")
                    .withClock(clock)
                    .start();
            town.publish(letter("first@contoso.example"));
            told("accepted for first@contoso.example", "first");
            postgres.stop();
            for (int hour = 0; hour < HOURS; hour++) {
                for (int number = 0; number < AN_HOUR; number++) {
                    town.publish(letter("person" + hour + "." + number + "@contoso.example"));
                }
                clock.set(Duration.ofHours(hour + 1L));
            }
            await("all of the day's mail").until(() -> to("person").count() == HOURS * AN_HOUR);
            await("who must know knows, some minutes later").until(() -> {
                clock.set(clock.by().plusMinutes(3));
                return to("admin@").count() == 1;
            });
            assertThat(trace("person1.1").err()).contains("the trace cannot be read now; mail goes on");
            assertThat(trace("person1.1").exitCode()).isEqualTo(1);
            town.awaitEmptySpool();
            town.stop(); // with what is not written yet
            town.start();
            postgres.open();

            told(HOURS * AN_HOUR + " messages\n", "person", "--most", "1000", "--outcome", "accepted");
            await("it is over").until(() -> to("admin@").count() == 2);
            town.stop();
        }
    }

    private Stream<Received> to(String recipient) {
        return town.received().stream().filter(mail -> mail.recipients().get(0).startsWith(recipient));
    }

    @Test
    void whereNoneIsKeptThereIsNoDatabase() throws Exception {
        town.withTrace("keep: 0s").start();
        town.scan("scans", "a.txt", "seen");
        town.awaitEvent(Kind.ACCEPTED);
        assertThat(trace("a.txt").err()).contains("no trace is kept: trace.keep is 0s in the settings");
        assertThat(town.home().resolve("trace")).doesNotExist();
    }

    @Test
    void aTimeThatIsNoneIsToldInOneLine() throws Exception {
        town.start();
        for (String option : new String[] {"--since=half past", "--last=long"}) {
            Town.Ran ran = trace(option);
            assertThat(ran.exitCode()).as(option).isEqualTo(2);
            assertThat(ran.err()).contains("is no time such as");
        }
    }
}
