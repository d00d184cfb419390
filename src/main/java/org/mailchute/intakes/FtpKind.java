package org.mailchute.intakes;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.TakenFiles;
import org.mailchute.polled.UnreadFiles;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.Intake;
import org.mailchute.steps.PollTrouble;
import org.mailchute.steps.SafeNames;
import org.mailchute.steps.ServerFiles;
import org.mailchute.steps.TakeAway;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/** A server that is polled, by FTP, FTPS or SFTP. */
final class FtpKind implements IntakeKind {
    private final Settings.FtpIntake ftp;
    private final Ground ground;
    private final Intake intake;
    private final PolledServer server;
    private final PollTrouble trouble;

    FtpKind(Settings.FtpIntake ftp, Ground ground) throws IOException {
        this.ftp = ftp;
        this.ground = ground;
        this.server = new PolledServer(
                ftp.site(ground.settings().policy().maxBytes()),
                new TakenFiles(ground.ledger(ftp.name() + ".taken", TakenFiles.capacity(), true)),
                new UnreadFiles(),
                new WaitingFiles(ftp.name(), Ground.AT_ONCE, ftp.poll(), ground.clock()),
                ground.disk(),
                ground.clock());
        this.intake = new Intake(
                ftp.rule(),
                Incoming.open(ground.home(), ftp.name()),
                new RejectedPlace(ftp.rejected()),
                ground.room(ftp.name(), Optional.of(ftp.rejected())),
                server);
        this.trouble = new PollTrouble(ftp.name(), ground.clock(), intake.room(), server);
        Stability stability = new Stability(ftp.stableFor(), ground.clock());
        ground.bind("ready-" + ftp.name(), new SafeNames<>(ftp.name(), new ServerFiles<>(server, stability)));
        ground.bind("takeaway-" + ftp.name(), new TakeAway<>(server, intake.room()));
        ground.bind("trouble-" + ftp.name(), trouble);
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public void addRoute() throws Exception {
        FtpAddress.add(ground.route("ftp", ftp.name()), ground.context(), ftp, server, ground.home());
    }

    @Override
    public Optional<PollTrouble> polling() {
        return Optional.of(trouble);
    }
}
