package org.mailchute.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * That all our connections lead to one broker. Of a cluster's brokers each keeps what it is given, and Artemis' client goes to all of them in
 * turn, also where the URL names one ({@code findings/artemis-url-of-one-broker-reaches-all.sh}): half of the mail would lie where nobody looks.
 */
final class OneBroker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OneBroker() {}

    /** Why they would not, in one line; empty where they do, or the broker does not tell. */
    static Optional<String> fault(ArtemisSession session, ActiveMQConnectionFactory factory) {
        try {
            List<String> active = active(JSON.readTree(session.topology()));
            return reached(active, factory) < 2
                    ? Optional.empty()
                    : Optional.of("the broker at broker.url is one of several that take connections at once ("
                            + String.join(", ", active)
                            + "), and each would keep a part of the mail where no other looks: name one of them in"
                            + " broker.url, and its backup, with useTopologyForLoadBalancing=false");
        } catch (Exception e) {
            return Optional.empty(); // those who may not ask are told so with the address settings
        }
    }

    /** Without the backups, which wait. */
    private static List<String> active(JsonNode topology) {
        List<String> places = new ArrayList<>();
        for (JsonNode member : topology) {
            String older = member.path("live").asText(""); // so it is called in 2.28
            String place = member.path("primary").asText(older);
            if (!place.isEmpty()) {
                places.add(place);
            }
        }
        return places;
    }

    private static long reached(List<String> active, ActiveMQConnectionFactory factory) {
        if (factory.isUseTopologyForLoadBalancing()) {
            return active.size();
        }
        TransportConfiguration[] named = factory.getServerLocator().getStaticTransportConfigurations();
        return Arrays.stream(named)
                .map(server -> ServerFault.place(new TransportConfiguration[] {server}))
                .filter(active::contains)
                .count();
    }
}
