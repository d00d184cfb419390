package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.Lead;
import org.mailchute.reply.Reply;
import org.mailchute.smtp.FinalDot;
import org.mailchute.smtp.RecipientReply;
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

    @Test
    @DisplayName(
            "no dot leaves of one that stood still while it was noted: the other does not know of it, and sends the message too")
    void noDotLeavesOfOneThatStoodStillWhileItWasNoted() {
        AtomicBoolean holds = new AtomicBoolean(true);
        Lead lead = new Lead() {
            @Override
            public boolean holds() {
                return holds.get();
            }

            @Override
            public boolean confirm() {
                return holds.get();
            }
        };
        FinalDot noted = new FinalDot() {
            @Override
            public void leaves(List<RecipientReply> refused) {
                holds.set(false);
            }

            @Override
            public void answered(Reply reply) {
                throw new AssertionError("it has not left");
            }
        };
        assertThatThrownBy(() -> new LedDot(noted, lead).leaves(List.of())).hasMessage(Lead.OVER);
        assertThatThrownBy(() -> new LedDot(noted, LOST).leaves(List.of())).hasMessage(Lead.OVER);
    }
}
