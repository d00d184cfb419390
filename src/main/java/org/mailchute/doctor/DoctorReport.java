package org.mailchute.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the doctor found, for people and for programs.
 *
 * @param gateway what is no lane's; empty where only some lanes were asked for
 */
public record DoctorReport(List<Check> gateway, List<LaneResult> lanes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public DoctorReport {
        gateway = List.copyOf(gateway);
        lanes = List.copyOf(lanes);
    }

    /** How many checks ended so. */
    public long count(Status status) {
        return checks().filter(check -> check.status() == status).count();
    }

    private Stream<Check> checks() {
        return Stream.concat(gateway.stream(), lanes.stream().flatMap(lane -> lane.checks().stream()));
    }

    /** For people. */
    public Stream<String> lines() {
        return Stream.of(
                        gateway.isEmpty() ? Stream.<String>of() : Stream.of("gateway"),
                        gateway.stream().flatMap(DoctorReport::lines),
                        lanes.stream().flatMap(DoctorReport::lines),
                        Stream.of(summary()))
                .flatMap(Function.identity());
    }

    private String summary() {
        return Arrays.stream(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status.label())
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> lines(LaneResult lane) {
        String head = "lane " + lane.lane() + ": " + lane.option() + ", " + lane.host() + ":" + lane.port();
        return Stream.concat(Stream.of(head), lane.checks().stream().flatMap(DoctorReport::lines));
    }

    private static Stream<String> lines(Check check) {
        String label = check.status().label();
        String line = "  %-11s %2d  %s: %s"
                .formatted(
                        check.status() == Status.ERROR ? label.toUpperCase(Locale.ROOT) : label,
                        check.topic().number(),
                        check.topic().title(),
                        check.seen());
        return check.remedy().isEmpty() ? Stream.of(line) : Stream.of(line, " ".repeat(18) + "do: " + check.remedy());
    }

    /** For programs. */
    public String json() {
        ObjectNode all = JSON.createObjectNode();
        ObjectNode counts = all.putObject("counts");
        Arrays.stream(Status.values()).forEach(status -> counts.put(status.label(), count(status)));
        json(gateway, all.putObject("gateway"));
        ArrayNode each = all.putArray("lanes");
        lanes.forEach(lane -> json(lane, each.addObject()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of ours does not become JSON", e);
        }
    }

    private static void json(LaneResult lane, ObjectNode node) {
        node.put("lane", lane.lane())
                .put("option", lane.option())
                .put("host", lane.host())
                .put("port", lane.port());
        json(lane.checks(), node);
    }

    private static void json(List<Check> checks, ObjectNode node) {
        ArrayNode each = node.putArray("checks");
        checks.forEach(check -> each.addObject()
                .put("number", check.topic().number())
                .put("topic", check.topic().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("title", check.topic().title())
                .put("status", check.status().label())
                .put("seen", check.seen())
                .put("remedy", check.remedy()));
    }
}
