package org.mailchute.management;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailchute.spool.SpoolJson;

/**
 * How the gateway is, by what each of its checks says.
 *
 * @param checks those that say most about the others first
 */
public record Health(List<Check> checks) {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";
    private static final String JSON = "application/json";

    /**
     * What one check says.
     *
     * @param status {@code UP}, {@code DOWN}, or {@code UNKNOWN} where nobody looks after it
     * @param data by name; nothing that only the holder of the token may see
     */
    public record Check(String name, String status, Map<String, String> data) {
        /** In {@link #data}: why it is down and what to do about it, for people. */
        public static final String CAUSE = "cause";
    }

    /** In the form of MicroProfile Health, as Camel's own page has it. */
    private record Page(String status, List<Check> checks) {}

    boolean isUp() {
        return checks.stream().noneMatch(check -> check.status().equals(DOWN));
    }

    /**
     * One line, or with all checks as JSON for who accepts that or asks for details; 503 unless all is well.
     *
     * @param well what it is when it is well, such as {@code ready}
     */
    Response answer(Request request, String well) {
        int status = isUp() ? 200 : 503;
        if (request.header("accept").contains(JSON) || request.parameters().containsKey("details")) {
            return new Response(status, JSON, SpoolJson.write(new Page(isUp() ? UP : DOWN, checks)) + "\n");
        }
        return Response.line(status, isUp() ? well : "not " + well + causes());
    }

    private String causes() {
        String all = checks.stream()
                .filter(check -> check.status().equals(DOWN))
                .map(check -> check.data().getOrDefault(Check.CAUSE, check.name()))
                .distinct()
                .collect(Collectors.joining("; "));
        return ": " + all;
    }
}
