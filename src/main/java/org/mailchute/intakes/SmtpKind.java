package org.mailchute.intakes;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.listener.Host;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.listener.ListenerServer;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.settings.IntakePlan;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.MessageIntake;
import org.mailchute.steps.SmtpInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener for devices that can only send by SMTP. */
final class SmtpKind extends IntakeKind implements MessageIntake {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpKind.class);

    private final IntakePlan.Smtp smtp;
    private final ReadyTicket reader;

    SmtpKind(IntakePlan.Smtp smtp, Ground ground) throws IOException {
        super(
                ground,
                smtp,
                Incoming.open(ground.claims(), smtp.name()),
                ground.rejected(smtp.name()),
                Optional.empty());
        this.smtp = smtp;
        this.reader = new ReadyTicket(smtp.rule(), ground.settings().name());
    }

    @Override
    public ReadyTicket reader() {
        return reader;
    }

    @Override
    public void addRoute() throws Exception {
        ground.route("smtp", smtp.name()).add();
    }

    @Override
    public Optional<ListenerServer> listen(MeterRegistry meters) throws IOException {
        ListenerServer server = ListenerServer.start(
                smtp.plan(),
                new Host(
                        ground.settings().name(),
                        new WhoMaySend(smtp, ground.settings().policy()),
                        new SmtpInbox(
                                this,
                                ground.spool(),
                                ground.disk(),
                                ground.keep(ground.context().createProducerTemplate()),
                                ground.clock()),
                        learning(),
                        meters),
                ground.clock());
        LOG.info("source={}: listening on {}:{}", label(), smtp.plan().bind(), server.port());
        return Optional.of(server);
    }

    private Optional<UnknownDevices> learning() throws IOException {
        ListenerPlan plan = smtp.plan();
        return smtp.learning()
                ? Optional.of(UnknownDevices.open(
                        ground.home(), smtp.name(), plan.logins().isEmpty() ? plan.networks() : List.of()))
                : Optional.empty();
    }
}
