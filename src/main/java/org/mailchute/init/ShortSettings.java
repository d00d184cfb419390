package org.mailchute.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.envelope.MailAddress;
import org.mailchute.settings.Cloud;
import org.mailchute.settings.Hosts;

/** The settings file: only what differs from the defaults. */
record ShortSettings(Answered answers, Seen seen, Proposal proposal) {
    private static final String PROXY_PASSWORD = "proxy.password";

    String text() {
        return String.join("\n", """
                # Mailchute's settings, by "mailchute init": only what differs from the defaults. All keys: src/docs/settings.md, and
                # deploy/mailchute.yaml, which explains each. Relative paths start at the folder of this file.
                """.stripTrailing(), gateway(), intake(), accept(), nextHop(), lanes());
    }

    private String gateway() {
        String cloud = seen.cloud() == Cloud.WORLDWIDE ? "" : "  cloud: " + label(seen.cloud()) + "\n";
        return "gateway:\n  name: " + Yaml.text(answers.name()) + "\n  home: " + Yaml.text(answers.home()) + "\n"
                + cloud + seen.proxy().map(ShortSettings::proxy).orElse("");
    }

    private static String proxy(HttpsProxy proxy) {
        String login = proxy.login()
                .map(known -> ", user: " + Yaml.text(known.user()) + ", password: \"${file:" + PROXY_PASSWORD + "}\"")
                .orElse("");
        String except = proxy.except().stream()
                .filter(name -> !Hosts.loopback(name))
                .map(Yaml::text)
                .collect(Collectors.joining(", "));
        return "  proxy: {host: " + Yaml.text(proxy.host()) + ", port: " + proxy.port() + login
                + (except.isEmpty() ? "" : ", except: [" + except + "]") + "}\n";
    }

    private static String label(Cloud cloud) {
        return cloud.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String intake() {
        return "intake:\n"
                + answers.intakes().stream().map(this::intake).collect(Collectors.joining())
                + (answers.intakes().contains(WayIn.FTP) ? FTP_SERVER : "")
                + (answers.intakes().contains(WayIn.QUEUE) ? BROKER : "");
    }

    private static final String FTP_SERVER = """

            # Without TLS anyone on the way reads passwords and scans. With a certificate: tls: required, certificate: {chain: ..., key: ...}
            ftp-server:
              bind: 0.0.0.0
              tls: none
            """;

    private static final String BROKER = """

            # AMQP 1.0 on 127.0.0.1:5672; for other machines bind, and a certificate
            broker:
              accept:
                users: [{name: applications, password: "${file:applications.password}", maySend: [mail.requests]}]
            """;

    private String intake(WayIn intake) {
        String from = Yaml.text(answers.from().toString());
        String to = addresses(answers.to().stream());
        return switch (intake) {
            case FOLDER -> """
                  folders:
                    - name: scans
                      folder: %s
                      from: %s
                      to: [%s]
                """.formatted(Yaml.text(answers.folder()), from, to);
            case FTP -> """
                  # By FTP to port 2121 as copier; the password lies in copier.password
                  drop:
                    - name: copier
                      password: ${file:copier.password}
                      from: %s
                      to: [%s]
                """.formatted(from, to);
            case SMTP -> """
                  # By SMTP to port 2525. Name the devices' own networks, and no more
                  smtp:
                    - name: printers
                      host: 0.0.0.0
                      tls: none
                      networks: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]
                """;
            case QUEUE -> """
                  jms:
                    - name: applications
                      queue: mail.requests
                      from: %s
                """.formatted(from);
            case PICKUP -> """
                  # Whoever may write into it can send as any of these
                  pickup:
                    - name: pickup
                      folder: /srv/pickup
                      senders: [%s]
                """.formatted(senders());
        };
    }

    private String accept() {
        String recipients = answers.inside() ? patterns(answers.domains()) : "\"*\"";
        return "accept:\n  senders: [" + senders() + "]\n  recipients: [" + recipients + "]\n";
    }

    private String senders() {
        return answers.manySenders()
                ? patterns(List.of(answers.domain()))
                : addresses(Stream.concat(Stream.of(answers.from()), answers.sendAs().stream()));
    }

    private static String patterns(List<String> domains) {
        return domains.stream().map(domain -> Yaml.text("*@" + domain)).collect(Collectors.joining(", "));
    }

    private static String addresses(Stream<MailAddress> addresses) {
        return addresses.distinct().map(one -> Yaml.text(one.toString())).collect(Collectors.joining(", "));
    }

    /** Lanes that reach the own organisation only are for its domains; where there are others, these carry the rest. */
    private String nextHop() {
        List<Way> anywhere = proposal.ways(false);
        StringBuilder rules = new StringBuilder("next-hop:\n");
        if (!proposal.ways(true).isEmpty()) {
            answers.domains().forEach(domain -> rules.append(rule(Yaml.text(domain), proposal.ways())));
        }
        return rules + (anywhere.isEmpty() ? "" : rule("\"*\"", anywhere.stream()));
    }

    private static String rule(String domain, Stream<Way> ways) {
        List<String> lanes = ways.map(Way::lane).toList();
        return "  - {domain: " + domain + ", lane: "
                + (lanes.size() == 1 ? lanes.get(0) : "[" + String.join(", ", lanes) + "]") + "}\n";
    }

    private String lanes() {
        return "lanes:\n" + proposal.lanes().stream().map(this::lane).collect(Collectors.joining("\n"));
    }

    private String lane(Proposal.Lane lane) {
        String why =
                lane.why().substring(0, 1).toUpperCase(Locale.ROOT) + lane.why().substring(1);
        return "  # " + why + ".\n  - name: " + lane.way().lane() + "\n"
                + switch (lane.way()) {
                    case SUBMISSION ->
                        "    option: submission\n" + sender()
                                + login(lane.way(), answers.from().toString());
                    case GRAPH ->
                        "    option: graph\n" + sender()
                                + login(lane.way(), answers.from().toString());
                    case HVE ->
                        "    option: submission\n    service: hve\n    sender: rewrite\n"
                                + login(lane.way(), account(answers));
                    case ACS ->
                        "    option: submission\n    service: acs\n" + sender()
                                + """
                                login:
                                  user: %s
                                  password: ${file:%s}
                            """.formatted(Yaml.text(answers.from().toString()), Way.ACS.secretFile());
                    case RELAY -> "    option: relay\n" + host() + proof();
                    case DIRECT_SEND -> "    option: direct-send\n" + host() + egress();
                };
    }

    /** Its account has an address that no mailbox has. */
    static String account(Answered answers) {
        return new MailAddress("mailchute", answers.domain()).toString();
    }

    /** Where it is not told who sends, the mailbox has no right to send as they: they become Reply-To. */
    private String sender() {
        return answers.manySenders() ? "    sender: rewrite\n" : "";
    }

    private String login(Way way, String mailbox) {
        return """
                    login:
                      mailbox: %s
                      tenant: %s
                      clientId: %s%s
                      clientSecret: ${file:%s}
                """.formatted(
                        Yaml.text(mailbox),
                        Yaml.text(answers.tenant()),
                        answers.clientId(),
                        answers.clientId().equals(AnswerWords.NO_ID) ? "  # tenant.ps1 shows it" : "",
                        way.secretFile());
    }

    private String host() {
        return seen.elsewhere()
                ? "    host: " + Yaml.text(seen.usualHost()) + "  # a guess; tenant.ps1 shows it\n"
                : "    domain: " + Yaml.text(answers.domain()) + "\n";
    }

    private String proof() {
        return answers.certificate().isPresent()
                ? "    certificate: {chain: connector-chain.pem, key: connector-key.pem}\n"
                : egress();
    }

    private String egress() {
        return answers.address().map(one -> "    egress: [" + one + "]\n").orElse("");
    }

    /** Files that the settings name, and that somebody has to put beside them. */
    Stream<String> wanted() {
        return Stream.of(
                        proposal.ways().filter(Way::logsIn).map(Way::secretFile),
                        proposal.has(Way.RELAY) && answers.certificate().isPresent()
                                ? Stream.of("connector-chain.pem", "connector-key.pem")
                                : Stream.<String>of(),
                        seen.proxy().flatMap(HttpsProxy::login).map(login -> PROXY_PASSWORD).stream())
                .flatMap(names -> names);
    }

    /** Files with passwords that devices and applications log in to the gateway with. */
    Stream<String> passwords() {
        return answers.intakes().stream().map(WayIn::passwordFile).flatMap(Optional::stream);
    }
}
