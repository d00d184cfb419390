package org.mailchute.steps;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.lane.Part;
import org.mailchute.lane.Parts;

/** {@code outcomes}: the attempt's {@link Parts}, for the route to split by. */
public record Outcomes(Parts parts) {
    @Handler
    public List<Part> parts(Exchange exchange) {
        return parts.of(Attempts.of(exchange));
    }
}
