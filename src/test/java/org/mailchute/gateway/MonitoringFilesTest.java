package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.cluster.Gateways;
import org.mailchute.management.ClusterMeters;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alerts and the dashboard ask for what a running gateway tells. */
class MonitoringFilesTest {
    private static final Path ALERTS = Path.of("deploy/prometheus/mailchute-alerts.yaml");
    private static final Path TABLE = Path.of("src/docs/metrics.md");
    private static final Path DASHBOARD = Path.of("deploy/grafana/mailchute-dashboard.json");

    private static final Pattern SERIES = Pattern.compile("\\b((?:mailchute|camel)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern HELP = Pattern.compile("^# HELP (\\S+) \\S.*$", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\| (.*?) \\|", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    /** A bound of a histogram. */
    private static final String BOUND = "le";

    private static final Pattern SHOWN = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");
    /** Prometheus adds them. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    @RegisterExtension
    static final Town TOWN = new Town().withTrace("");

    private static String scraped = "";

    /** A gateway to which everything happens that is counted. */
    @BeforeAll
    static void scrape() throws Exception {
        TOWN.withIntake("  smtp:\n    - {name: devices, port: 0, tls: none, networks: [127.0.0.1]}\n")
                .withScenario(Scenario.standard().withRule("ben@contoso.example", At.RCPT, 1, "459 4.9.9 never seen"))
                .start();
        TOWN.scan("scans", "a.bin", "content");
        TOWN.publish(Letters.letter("ben@contoso.example"));
        TOWN.command("lanes", "hold", "connector");
        await("told")
                .until(() ->
                        Stream.of("events_total{", "replies_unknown_total{", "proof_end", "delivery_seconds_bucket{")
                                        .allMatch(TOWN.metrics()::contains)
                                && counted("outcome=\"accepted\""));
        scraped = TOWN.metrics() + inACluster();
    }

    /** What is told besides by the gateway that works, of several. */
    private static String inACluster() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ClusterMeters.show(meters, () -> new Gateways("gateway.contoso.com", List.of()));
        return meters.scrape();
    }

    private static boolean counted(String label) throws Exception {
        return TOWN.metrics()
                .lines()
                .anyMatch(line -> line.startsWith("mailchute_delivery_seconds_count{") && line.contains(label));
    }

    /** @param text that is shown, and may name labels */
    record Rule(String name, String expression, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Rule> alerts() throws Exception {
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
        List<Rule> rules = new ArrayList<>();
        for (Object group : list(file, "groups")) {
            for (Object rule : list((Map<?, ?>) group, "rules")) {
                Map<?, ?> alert = (Map<?, ?>) rule;
                rules.add(new Rule(
                        String.valueOf(alert.get("alert")),
                        String.valueOf(alert.get("expr")),
                        String.valueOf(alert.get("annotations"))));
            }
        }
        return rules;
    }

    private static List<?> list(Map<?, ?> node, String key) {
        return (List<?>) Objects.requireNonNull(node.get(key), key);
    }

    static List<Rule> targets() throws Exception {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                rules.add(new Rule(
                        panel.get("title").asText(),
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
        }
        return rules;
    }

    static Stream<Rule> all() throws Exception {
        return Stream.of(alerts(), targets()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everythingAskedForIsTold(Rule rule) {
        Set<String> labels = new TreeSet<>(ADDED);
        SERIES.matcher(rule.expression).results().forEach(series -> {
            List<String> lines = lines(series);
            assertThat(lines).as(series.group()).isNotEmpty();
            lines.forEach(line -> MATCHER.matcher(line).results().forEach(label -> labels.add(label.group(1))));
        });
        assertThat(labels).containsAll(named(rule));
    }

    /** The lines of what was scraped that a series selects. */
    private static List<String> lines(MatchResult series) {
        return scraped.lines()
                .filter(line -> line.startsWith(series.group(1) + "{") || line.startsWith(series.group(1) + " "))
                .filter(line -> series.group(2) == null
                        || MATCHER.matcher(series.group(2)).results().allMatch(matcher -> selects(matcher, line)))
                .toList();
    }

    private static boolean selects(MatchResult matcher, String line) {
        return ADDED.contains(matcher.group(1))
                || line.contains(
                        matcher.group(1) + "=\"" + (matcher.group(2).equals("=") ? matcher.group(3) + "\"" : ""));
    }

    /** The labels that an expression groups by and that are shown. */
    private static Set<String> named(Rule rule) {
        Stream<String> grouped = GROUPING.matcher(rule.expression)
                .results()
                .flatMap(by -> Stream.of(by.group(1).split(", *")));
        Stream<String> shown = Pattern.compile(SHOWN.pattern() + "|\\{\\{(\\w+)}}")
                .matcher(rule.text)
                .results()
                .map(label -> label.group(1) == null ? label.group(2) : label.group(1));
        return Stream.concat(grouped, shown).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysWhatIsAndWhatToDo(Rule alert) {
        assertThat(alert.name()).startsWith("Mailchute");
        assertThat(alert.text()).contains("summary=", "do=");
    }

    @Test
    void theDashboardAsksTheChosenPrometheusAboutTheChosenGateways() throws Exception {
        assertThat(targets()).hasSizeGreaterThan(12);
        assertThat(targets()).allMatch(target -> target.expression().contains("instance=~\"$instance\""));
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.at("/templating/list").findValuesAsText("name")).contains("datasource", "instance");
        assertThat(Set.copyOf(dashboard.get("panels").findValuesAsText("uid"))).containsExactly("${datasource}");
        assertThat(dashboard.get("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void theTableOfMetricsIsWhatIsTold() throws Exception {
        Set<String> table = ROW.matcher(Files.readString(TABLE))
                .results()
                .map(row -> row(row.group(1), row.group(2), row.group(3).replace("`", "")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told()).isEqualTo(table);
    }

    /** Name, type and labels of each family that was scraped. */
    private static Set<String> told() {
        return TYPE.matcher(scraped)
                .results()
                .map(type -> row(type.group(1), type.group(2), labels(type.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(String name, String type, String labels) {
        return name + " " + type + " " + labels;
    }

    /** By name. */
    private static String labels(String family) {
        Pattern series = Pattern.compile(Pattern.quote(family) + "(?:_bucket|_count|_sum)?[{ ].*");
        return scraped.lines()
                .filter(line -> series.matcher(line).matches())
                .flatMap(line -> LABEL.matcher(line).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals(BOUND))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Test
    void eachMetricSaysWhatItIsAndIsNamedAsPrometheusAsks() {
        List<String> families =
                TYPE.matcher(scraped).results().map(type -> type.group(1)).toList();
        assertThat(families).doesNotHaveDuplicates();
        assertThat(HELP.matcher(scraped).results().map(help -> help.group(1)))
                .containsExactlyInAnyOrderElementsOf(families);
        assertThat(families)
                .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"))
                .noneMatch(name -> name.matches(".*_(count|sum|bucket|info|milliseconds|minutes|hours)"));
        TYPE.matcher(scraped)
                .results()
                .forEach(type -> assertThat(type.group(1).endsWith("_total"))
                        .as(type.group())
                        .isEqualTo(type.group(2).equals("counter")));
    }

    @Test
    void noLabelHoldsWhatAMessageHolds() {
        assertThat(scraped).doesNotContain("@", "a.bin", TOWN.root().toString());
    }
}
