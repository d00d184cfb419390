package org.mailchute.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;

class ReplyTableTest {
    private static final Set<Stage> SESSION =
            Set.of(Stage.LOOKUP, Stage.CONNECT, Stage.GREETING, Stage.STARTTLS, Stage.AUTH);

    @SuppressWarnings("NullAway.Init") // load()
    private static ReplyTable table;

    @BeforeAll
    static void load() throws Exception {
        table = ReplyTable.load();
    }

    static Stream<ReplyRow> rows() {
        return table.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRowJudgesItsOwnExampleForEachOfItsOptionsServicesAndStages(ReplyRow row) {
        for (Option option : row.options()) {
            for (Service service : row.services()) {
                for (Stage stage : row.stages()) {
                    judgesItsExample(row, option, service, stage);
                }
            }
        }
    }

    private static void judgesItsExample(ReplyRow row, Option option, Service service, Stage stage) {
        if (row.example().code() == Reply.NO_REPLY && stage == Stage.END_OF_DATA) {
            return;
        }
        assertThat(table.row(option, service, stage, row.example()))
                .as("%s %s %s", option, service, stage)
                .contains(row);
        assertThat(table.judge(option, service, stage, row.example())).isEqualTo(row.verdict());
        assertThat(table.knows(option, service, stage, row.example())).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRowKnowsEachOfItsEnhancedCodesInEachOfItsTexts(ReplyRow row) {
        for (EnhancedRange range : row.enhanced()) {
            for (String text : row.texts().isEmpty() ? List.of("") : row.texts()) {
                for (int detail : new int[] {range.first().detail(), range.lastDetail()}) {
                    int statusClass = range.first().statusClass();
                    int code = row.codes().stream()
                            .filter(c -> c / 100 == statusClass)
                            .findFirst()
                            .orElse(row.codes().get(0));
                    Reply reply = new Reply(
                            code,
                            statusClass + "." + range.first().subject() + "." + detail + " "
                                    + text.toUpperCase(Locale.ROOT));
                    Option option = row.options().iterator().next();
                    Service service = row.services().iterator().next();
                    Stage stage = row.stages().iterator().next();
                    assertThat(table.row(option, service, stage, reply)).contains(row);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRowHasACauseAndEveryHoldOrRejectARemedy(ReplyRow row) {
        assertThat(row.verdict().cause()).isNotBlank().endsWith(".");
        if (row.verdict().action() == Action.HOLD || row.verdict().action() == Action.REJECT) {
            assertThat(row.verdict().remedy()).isNotBlank();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aRowNeverFallsOverToTheOnlyOptionItIsAbout(ReplyRow row) {
        assertThat(row.verdict().mayFallOver()).isNotEqualTo(row.options());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBMISSION  | AUTH        | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | SESSION | HOLD",
                "SUBMISSION  | AUTH        | 535 5.7.139 a sentence nobody has seen yet      | SESSION   | HOLD",
                "SUBMISSION  | AUTH        | 535 no enhanced code                            | SESSION   | HOLD",
                "SUBMISSION  | AUTH        | 432 4.3.2 Concurrent connections limit exceeded | SESSION   | RETRY",
                "SUBMISSION  | AUTH        | 454 4.7.0 Temporary authentication failure      | SESSION   | PAUSE",
                "SUBMISSION  | AUTH        | 451 4.7.0 Temporary server error. Please try again later. PRX5 | SESSION | RETRY",
                "SUBMISSION  | AUTH        | 451 4.3.0 Temporary internal failure             | SESSION   | PAUSE",
                "SUBMISSION  | AUTH        | 421 4.4.2 Connection dropped due to SocketError | SESSION   | RETRY",
                "SUBMISSION  | STARTTLS    | 454 4.7.0 TLS not available                     | SESSION   | RETRY",
                "SUBMISSION  | END_OF_DATA | 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException | SENDER | PAUSE",
                "SUBMISSION  | END_OF_DATA | 554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException | SENDER | REJECT",
                "SUBMISSION  | END_OF_DATA | 554 5.2.0 something else                        | MESSAGE   | REJECT",
                "RELAY       | RCPT        | 554 5.7.64 TenantAttribution; Relay Access Denied | SESSION | HOLD",
                "RELAY       | RCPT        | 451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35 | SESSION | HOLD",
                "DIRECT_SEND | RCPT        | 550 5.4.1 Recipient address rejected: Access denied | RECIPIENT | REJECT",
                "DIRECT_SEND | RCPT        | 550 5.4.1 All recipient addresses rejected : Access denied | RECIPIENT | REJECT",
                "DIRECT_SEND | RCPT        | 550 5.7.1 Service unavailable, MailFrom domain is listed in Spamhaus | SESSION | HOLD",
                "RELAY       | MAIL        | 550 5.7.1 Service unavailable, Helo domain is listed in Spamhaus | SESSION | HOLD",
                "SUBMISSION  | END_OF_DATA | 550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission | RECIPIENT | REJECT",
                "DIRECT_SEND | END_OF_DATA | 550 5.7.1 TRANSPORT.RULES.RejectMessage; x   | RECIPIENT | REJECT",
                "DIRECT_SEND | RCPT        | 550 5.7.649 Access denied, banned sending IP    | SESSION   | HOLD",
                "DIRECT_SEND | RCPT        | 550 5.7.650 unknown                             | RECIPIENT | REJECT",
                "DIRECT_SEND | RCPT        | 550 5.7.605 unknown                             | RECIPIENT | REJECT",
                "DIRECT_SEND | RCPT        | 552 5.2.2 mailbox full                          | RECIPIENT | REJECT",
                "RELAY       | END_OF_DATA | 554 4.3.2 mailbox busy                          | RECIPIENT | RETRY",
            })
    void theWholeReplyDecidesNotItsFirstDigit(Option option, Stage stage, String line, Scope scope, Action action) {
        Verdict verdict = table.judge(option, Service.EXCHANGE_ONLINE, stage, reply(line));
        assertThat(verdict.scope()).isEqualTo(scope);
        assertThat(verdict.action()).isEqualTo(action);
    }

    @Test
    void aFragmentMayRunOverTwoLinesOfTheReply() {
        Reply reply = new Reply(550, "5.7.1 Service unavailable, Client host blocked\r\n5.7.1 using Spamhaus");
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, reply)
                        .action())
                .isEqualTo(Action.HOLD);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    @DisplayName("P5: an unknown refusal before MAIL is the lane's fault, later the sender's, recipient's or message's")
    void anUnknownReplyIsJudgedByItsFirstDigitAndTheStage(Stage stage) {
        Verdict later = table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, stage, new Reply(450, "4.9.9 never seen"));
        Verdict never = table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, stage, new Reply(550, "5.9.9 never seen"));
        assertThat(later.action()).isEqualTo(stage == Stage.AUTH ? Action.PAUSE : Action.RETRY);
        assertThat(never.action()).isEqualTo(SESSION.contains(stage) ? Action.HOLD : Action.REJECT);
        assertThat(never.scope()).isEqualTo(later.scope()).isEqualTo(scope(stage));
        assertThat(never.remedy()).isNotBlank();
        assertThat(table.knows(Option.RELAY, Service.EXCHANGE_ONLINE, stage, new Reply(450, "4.9.9 never seen")))
                .isFalse();
    }

    private static Scope scope(Stage stage) {
        return switch (stage) {
            case MAIL -> Scope.SENDER;
            case RCPT -> Scope.RECIPIENT;
            case DATA, END_OF_DATA -> Scope.MESSAGE;
            default -> Scope.SESSION;
        };
    }

    @Test
    void anUnknown5yzWithAnEnhancedCodeOfClass4IsTriedAgain() {
        Verdict verdict =
                table.judge(Option.SUBMISSION, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(550, "4.9.9 never seen"));
        assertThat(verdict.action()).isEqualTo(Action.RETRY);
    }

    @Test
    @DisplayName("P3: a lost connection after the final dot is uncertain")
    void aLostConnectionAfterTheDotIsUncertain() {
        for (Option option : Option.values()) {
            Outcome outcome = table.outcome(
                    option, Service.EXCHANGE_ONLINE, Stage.END_OF_DATA, Reply.none("connection reset: certificate"));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Deferred.class,
                            deferred -> assertThat(deferred.verdict().action()).isEqualTo(Action.UNCERTAIN));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOOKUP", "AUTH", "END_OF_DATA"})
    void aLostConnectionBeforeTheDotIsTriedAgainAndIsNotAnUnknownReply(Stage stage) {
        Verdict verdict = table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, stage, Reply.none("Connection reset"));
        assertThat(verdict.action()).isEqualTo(Action.RETRY);
        assertThat(verdict.scope()).isEqualTo(Scope.SESSION);
        assertThat(verdict.cause()).contains("Connection reset");
        assertThat(table.knows(Option.RELAY, Service.EXCHANGE_ONLINE, stage, Reply.none("Connection reset")))
                .isTrue();
    }

    /** A connection that breaks during AUTH is told of as CONNECT; silence at AUTH means that we had nothing to say. */
    @Test
    void aGatewayThatCannotProveWhoItIsHoldsTheLane() {
        Verdict verdict = table.judge(
                Option.SUBMISSION, Service.EXCHANGE_ONLINE, Stage.AUTH, Reply.none("the client secret is wrong"));
        assertThat(verdict.action()).isEqualTo(Action.HOLD);
        assertThat(verdict.scope()).isEqualTo(Scope.SESSION);
        assertThat(verdict.cause()).contains("the client secret is wrong");
        assertThat(verdict.remedy()).isNotBlank();
    }

    @Test
    void aServerWithoutTheTlsWeNeedHoldsTheLane() {
        for (String why : List.of("STARTTLS not offered", "PKIX path building failed", "Expired certificate")) {
            Verdict verdict = table.judge(Option.SUBMISSION, Service.EXCHANGE_ONLINE, Stage.STARTTLS, Reply.none(why));
            assertThat(verdict.action()).as(why).isEqualTo(Action.HOLD);
            assertThat(verdict.remedy()).isNotBlank();
        }
    }

    @Test
    void onlyA2yzAfterTheFinalDotIsAccepted() {
        for (Stage stage : Stage.values()) {
            for (int code : new int[] {220, 250, 354}) {
                Outcome outcome =
                        table.outcome(Option.RELAY, Service.EXCHANGE_ONLINE, stage, new Reply(code, "2.0.0 fine"));
                boolean accepted = stage == Stage.END_OF_DATA && code < 300;
                assertThat(outcome instanceof Outcome.Accepted)
                        .as(stage + " " + code)
                        .isEqualTo(accepted);
                assertThat(outcome).isNotInstanceOf(Outcome.Rejected.class);
            }
        }
    }

    @Test
    void theServerAgreesBy354AtDataAndBy2yzElsewhere() {
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.DATA, new Reply(354, "go on"))
                        .action())
                .isEqualTo(Action.ACCEPT);
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.DATA, new Reply(250, "what?"))
                        .action())
                .isEqualTo(Action.RETRY);
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(250, "2.1.5 fine"))
                        .action())
                .isEqualTo(Action.ACCEPT);
        assertThat(table.judge(Option.SUBMISSION, Service.EXCHANGE_ONLINE, Stage.AUTH, new Reply(235, "2.7.0 fine"))
                        .action())
                .isEqualTo(Action.ACCEPT);
    }

    @Test
    void everyReplyThereCanBeGetsAVerdictWithACause() {
        Random random = new Random(42);
        List<ReplyRow> rows = table.rows().toList();
        Set<Action> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String text = rows.get(random.nextInt(rows.size())).example().text();
            Reply reply = random.nextInt(50) == 0
                    ? Reply.none("cut off")
                    : new Reply(200 + random.nextInt(400), text.substring(random.nextInt(text.length() + 1)));
            Option option = Option.values()[random.nextInt(3)];
            Service service = Service.values()[random.nextInt(3)];
            Stage stage = Stage.values()[random.nextInt(Stage.values().length)];
            Outcome outcome = table.outcome(option, service, stage, reply);
            Verdict verdict = table.judge(option, service, stage, reply);
            assertThat(verdict.cause()).isNotBlank();
            assertThat(outcome instanceof Outcome.Accepted)
                    .isEqualTo(stage == Stage.END_OF_DATA && reply.code() >= 200 && reply.code() < 300);
            assertThat(outcome instanceof Outcome.Rejected).isEqualTo(verdict.action() == Action.REJECT);
            seen.add(verdict.action());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Arrays.asList(Action.values()));
    }

    private static Reply reply(String line) {
        return new Reply(Integer.parseInt(line.substring(0, 3)), line.substring(4));
    }
}
