package org.mailchute.intakes;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.Queues;
import org.mailchute.broker.Reception;
import org.mailchute.request.Requests;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.RequestIntake;

/** A queue that applications publish mail requests to. */
final class JmsKind extends IntakeKind implements RequestIntake {
    private final IntakePlan.Jms jms;
    private final Requests requests;
    private final Reception reception;

    JmsKind(IntakePlan.Jms jms, Ground ground) throws IOException {
        super(ground, jms, Incoming.open(ground.claims(), jms.name()), ground.rejected(jms.name()), Optional.empty());
        this.jms = jms;
        this.requests = jms.requests(ground.settings(), ground.clock());
        this.reception = new Reception(jms.name(), aside(ground.settings()), ground.clock());
        BrokerPools.Reading reading = ground.keep(ground.pools().reading(reception));
        ground.bind("connection-" + jms.name(), reading.factory());
    }

    private static String aside(Settings settings) {
        return settings.broker().elsewhere() ? "where it puts what fails too often" : "into " + Queues.UNDELIVERABLE;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void addRoute() throws Exception {
        ground.route("jms", jms.name())
                .parameter("queue", jms.queue())
                .parameter("consumers", jms.consumers())
                .add();
    }

    @Override
    public Optional<Reception> reception() {
        return Optional.of(reception);
    }

    /** Its book of request ids counts it from now on. */
    @Override
    public void committed(String queueId) {
        requests.book().committed(queueId);
    }

    @Override
    public Requests requests() {
        return requests;
    }
}
