package org.mailchute.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mailchute.reply.Option;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyRows;
import org.mailchute.reply.Service;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;

/**
 * One row of {@code replies.yaml} said to one lane of its own, while a message to two recipients goes over it.
 *
 * @param at where in the dialogue the server says it
 */
record ReplyCase(int number, ReplyRows.Row row, Option option, Service service, At at) {
    private static final String BARE_EHLO = "250 simulator.outlook.example Hello";

    /** Each row over each of its options, and from each service that it names. */
    private static List<ReplyCase> all() throws Exception {
        List<ReplyCase> cases = new ArrayList<>();
        for (ReplyRows.Row row : ReplyRows.shipped()) {
            for (Option option : row.options().stream()
                    .filter(Option.BY_SMTP::contains)
                    .sorted()
                    .toList()) {
                for (Service service : services(row)) {
                    cases.add(new ReplyCase(cases.size(), row, option, service, at(row, option)));
                }
            }
        }
        return List.copyOf(cases);
    }

    private static List<Service> services(ReplyRows.Row row) {
        return row.services().size() == Service.values().length
                ? List.of(Service.EXCHANGE_ONLINE)
                : row.services().stream().sorted().toList();
    }

    /** Those that a server can be made to say. */
    static List<ReplyCase> provoked() throws Exception {
        return all().stream().filter(ReplyCase::isProvoked).toList();
    }

    /** One row of each kind: said at the same place, about the same, with the same outcome. */
    static List<ReplyCase> oneOfEachKind(List<ReplyCase> cases) {
        Map<List<Object>, ReplyCase> kinds = new LinkedHashMap<>();
        cases.forEach(row -> kinds.putIfAbsent(row.kind(), row));
        return List.copyOf(kinds.values());
    }

    private List<Object> kind() {
        return List.of(
                option,
                service,
                at,
                verdict().scope(),
                action(),
                stopsLane(),
                verdict().waitAtLeast().isZero(),
                noReply());
    }

    /** Where Microsoft says such a thing. */
    private static At at(ReplyRows.Row row, Option option) {
        if (row.stages().equals(Set.of(Stage.STARTTLS))) {
            return row.example().text().contains("STARTTLS") ? At.EHLO : At.STARTTLS;
        }
        if (row.stages().equals(Set.of(Stage.CONNECT))) {
            return At.GREETING;
        }
        return switch (row.verdict().scope()) {
            case SESSION -> ofSession(row.example().code(), option);
            case SENDER -> row.example().text().matches("5\\.[26]\\..*") ? At.END_OF_DATA : At.MAIL;
            case RECIPIENT -> row.example().text().matches("5\\.7\\.(23\\d|703) .*") ? At.END_OF_DATA : At.RCPT;
            case MESSAGE -> At.END_OF_DATA;
        };
    }

    private static At ofSession(int code, Option option) {
        if (code == 421) {
            return At.GREETING;
        }
        boolean login = option == Option.SUBMISSION;
        return Set.of(454, 501, 504, 535).contains(code) ? (login ? At.AUTH : At.MAIL) : (login ? At.MAIL : At.RCPT);
    }

    /** AUTH has one row that only holds there; no MX host asks for a login, or is another service's. */
    private boolean isProvoked() {
        return option == Option.SUBMISSION
                || service == Service.EXCHANGE_ONLINE && !row.stages().equals(Set.of(Stage.AUTH));
    }

    String lane() {
        return "row" + number;
    }

    String domain() {
        return lane() + ".rows.example";
    }

    String sender() {
        return lane() + "@contoso.example";
    }

    String refused() {
        return "refused@" + domain();
    }

    String other() {
        return "other@" + domain();
    }

    /** By which the server tells the lanes apart before they have said anything. */
    String address() {
        return "127.1.%d.%d".formatted(number / 200, 1 + number % 200);
    }

    /** A refusal that passes is said once, so that the message arrives in the end. */
    Stream<Rule> rules() {
        if (noCertificate() || noToken()) {
            return Stream.empty();
        }
        String whom = switch (at) {
            case GREETING, EHLO, STARTTLS -> address();
            case AUTH, MAIL -> sender();
            default -> refused();
        };
        int times = action() == Action.RETRY ? 1 : Integer.MAX_VALUE;
        return Stream.of(
                new Rule(whom, at, times, noReply() ? BARE_EHLO : row.example().toString()));
    }

    /** The lane's trust store does not know the server's authority. */
    boolean noCertificate() {
        return noReply() && at == At.STARTTLS;
    }

    /** Nobody answers where the lane asks for its token. */
    private boolean noToken() {
        return row.stages().equals(Set.of(Stage.CONNECT));
    }

    boolean noReply() {
        return row.example().code() == Reply.NO_REPLY;
    }

    Verdict verdict() {
        return row.verdict();
    }

    Action action() {
        return row.verdict().action();
    }

    /** The lane stops; a pause may also be for one recipient alone. */
    boolean stopsLane() {
        return verdict().stopsLane() && verdict().scope() != Scope.RECIPIENT;
    }

    /** Only the one it is about: refused by itself at RCPT, or found by trying each alone. */
    boolean sparesTheOther() {
        return at == At.RCPT || at == At.END_OF_DATA && verdict().scope() == Scope.RECIPIENT;
    }

    /** A line below {@code lanes:}. */
    String settings(Town town) throws Exception {
        String certificates = town.folder("certificates").toString();
        int port = option == Option.SUBMISSION
                ? switch (service) {
                    case EXCHANGE_ONLINE -> town.microsoft365().submissionPort();
                    case HVE -> town.microsoft365().hvePort();
                    case ACS -> town.microsoft365().acsPort();
                }
                : town.microsoft365().mxPort();
        String proof = switch (option) {
            case SUBMISSION ->
                ", service: " + service.label() + ", messagesPerMinute: 0, login: " + login(town.folder("secrets"));
            case RELAY ->
                ", certificate: {chain: \"%s/client-chain.pem\", key: \"%s/client-key.pem\"}"
                        .formatted(certificates, certificates);
            case DIRECT_SEND, GRAPH -> "";
        };
        return "{name: %s, option: %s, host: localhost, port: %d, tls: required, sourceAddress: %s, sessions: 1%s%s}"
                .formatted(
                        lane(),
                        option.label(),
                        port,
                        address(),
                        noCertificate() ? "" : ", trust: \"" + certificates + "/ca.pem\"",
                        proof);
    }

    private String login(Path secrets) {
        Path secret = secrets.resolve(service == Service.ACS ? "app" : "password");
        return noToken()
                ? "{mailbox: %s, tenant: contoso.example, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${file:%s}\", authority: \"https://127.0.0.1:1/contoso.example/\"}"
                        .formatted(sender(), secret)
                : "{user: %s, password: \"${file:%s}\"}".formatted(sender(), secret);
    }

    String request() {
        return "{\"from\": \"%s\", \"to\": [\"%s\", \"%s\"], \"subject\": \"Row\", \"text\": \"Row.\"}"
                .formatted(sender(), refused(), other());
    }

    @Override
    public String toString() {
        return "%s over %s (%s) at %s: %s".formatted(row.at(), option.label(), service.label(), at, row.example());
    }
}
