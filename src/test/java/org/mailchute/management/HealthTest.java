package org.mailchute.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailchute.management.Health.Check;

/** What is answered to who asks for health. */
class HealthTest {
    private static final Check WELL = new Check("disk", "UP", Map.of("used", "7 %"));
    private static final Check AWAY = new Check("broker", "DOWN", Map.of(Check.CAUSE, "it is away"));
    private static final Check LEFT = new Check("route:own", "UNKNOWN", Map.of());

    private static Response answer(String accept, Map<String, String> parameters, Check... checks) {
        return new Health(Arrays.asList(checks))
                .answer(
                        new Request(
                                "GET",
                                "/health/ready",
                                parameters,
                                Map.of(),
                                Map.of("accept", accept),
                                InetAddress.getLoopbackAddress()),
                        "ready");
    }

    private static Response plain(Check... checks) {
        return answer("*/*", Map.of(), checks);
    }

    @Test
    void allIsWellWhileNothingIsDown() {
        assertThat(plain(WELL, LEFT)).isEqualTo(Response.line(200, "ready"));
    }

    @Test
    void eachCauseIsSaidOnceInTheOrderOfTheChecks() {
        Check same = new Check("consumer:own", "DOWN", Map.of(Check.CAUSE, "it is away"));
        Check silent = new Check("context", "DOWN", Map.of());
        assertThat(plain(WELL, AWAY, same, silent)).isEqualTo(Response.line(503, "not ready: it is away; context"));
    }

    @Test
    void whoAcceptsJsonOrAsksForDetailsHasThemWithTheSameStatus() {
        Response answer = answer("application/json", Map.of(), WELL, AWAY);
        assertThat(answer).isEqualTo(answer("*/*", Map.of("details", ""), WELL, AWAY));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"status":"DOWN","checks":[{"name":"disk","status":"UP","data":{"used":"7 %"}},\
                {"name":"broker","status":"DOWN","data":{"cause":"it is away"}}]}
                """);
        assertThat(answer("text/html, application/json;q=0.9", Map.of(), WELL).body())
                .startsWith("{\"status\":\"UP\",");
    }
}
