package org.mailchute.intakes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.listener.ListenerServer;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SmtpIntake;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.Intake;
import org.mailchute.steps.SmtpInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener for devices that can only send by SMTP. */
final class SmtpKind implements IntakeKind {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpKind.class);

    private final SmtpIntake smtp;
    private final Ground ground;
    private final Intake intake;

    SmtpKind(SmtpIntake smtp, Ground ground) throws IOException {
        this.smtp = smtp;
        this.ground = ground;
        this.intake = new Intake(
                "smtp",
                smtp.name(),
                Optional.empty(),
                Incoming.open(ground.home(), smtp.name()),
                ground.rejected(smtp.name()),
                ground.room(smtp.name(), Optional.empty()));
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public void addRoute() throws Exception {
        ground.route("smtp", smtp.name()).add();
    }

    @Override
    public Optional<ListenerServer> listen() throws IOException {
        ListenerServer server = ListenerServer.start(
                plan(ground.settings()),
                new WhoMaySend(smtp, ground.settings().policy()),
                new SmtpInbox(intake, ground.spool(), ground.disk(), ground.context(), ground.clock()),
                ground.clock());
        LOG.info("source={}: listening on {}:{}", intake.label(), smtp.host(), server.port());
        return Optional.of(server);
    }

    private ListenerPlan plan(Settings settings) throws IOException {
        return new ListenerPlan(
                smtp.name(),
                settings.name(),
                smtp.host(),
                smtp.port(),
                smtp.legacyPort(),
                smtp.certificate().map(files -> RenewedTls.serving(files, ground.clock())),
                smtp.tls() == SmtpIntake.Tls.REQUIRED,
                smtp.networks(),
                smtp.logins(),
                smtp.loginWithoutTls(),
                smtp.nullSender(),
                smtp.rule().maxBytes(),
                smtp.rule().maxRecipients(),
                smtp.maxConnections(),
                smtp.maxConnectionsPerAddress(),
                smtp.idle(),
                smtp.sessionAge(),
                smtp.loginDelay(),
                smtp.rule().charset(),
                smtp.learning()
                        ? Optional.of(UnknownDevices.open(
                                settings.home(), smtp.name(), smtp.logins().isEmpty() ? smtp.networks() : List.of()))
                        : Optional.empty());
    }

    @Override
    public Optional<ReadyTicket> reader() {
        return Optional.of(new ReadyTicket(smtp.rule(), ground.settings().name()));
    }
}
