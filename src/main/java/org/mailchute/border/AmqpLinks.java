package org.mailchute.border;

import java.util.EnumSet;
import org.apache.activemq.artemis.protocol.amqp.proton.handler.EventHandler;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;

/**
 * The links of one AMQP connection, senders above all, for which Artemis sets no limit. Each costs memory until its client lets go of it,
 * granted or refused.
 */
public record AmqpLinks(RemotingConnection connection, Farewell farewell) implements EventHandler {
    public static final int MOST = 300;

    private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

    @Override
    public void onRemoteOpen(Link link) {
        int open = 0;
        for (Link one = link.getSession().getConnection().linkHead(ANY, ANY); one != null; one = one.next(ANY, ANY)) {
            open++;
        }
        if (open > MOST) {
            farewell.say(
                    connection,
                    "links",
                    "it has more than " + MOST + " senders and receivers; close those that are not used");
        }
    }
}
