package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.Lead;
import org.mailchute.spool.Spool;

@DisplayName("P3: a gateway that goes on after another took over touches no file that the other may be taking")
class LostLeadTest {
    private static final Lead LOST = new Lead() {
        @Override
        public boolean holds() {
            return false;
        }

        @Override
        public boolean confirm() {
            return false;
        }
    };

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void itClaimsNothing() {
        Claim claim = new Claim(Map.of(), Clock.systemUTC(), LOST);
        assertThatThrownBy(() -> claim.claim(exchange)).hasMessage(Lead.OVER);
    }

    @Test
    @DisplayName("it refuses nothing: of a scan whose pages are missing the other may have taken them")
    void itRefusesNothing(@TempDir Path home) throws Exception {
        Refuse refuse = new Refuse(Map.of(), Spool.open(home), Clock.systemUTC(), LOST);
        assertThatThrownBy(() -> refuse.refuse(exchange)).hasMessage(Lead.OVER);
    }
}
