package org.mailchute.intakes;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.ScanTicket;
import org.mailchute.intake.SourceIdentity;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.TakenFiles;
import org.mailchute.polled.UnreadFiles;
import org.mailchute.settings.IntakePlan;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.steps.Fetched;
import org.mailchute.steps.FileIntake;
import org.mailchute.steps.MakeTicket;
import org.mailchute.steps.PollTrouble;
import org.mailchute.steps.SafeNames;
import org.mailchute.steps.ServerFiles;
import org.mailchute.steps.TakeAway;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/** A server that is polled, by FTP, FTPS or SFTP. */
final class FtpKind extends IntakeKind implements FileIntake {
    private final IntakePlan.Ftp ftp;
    private final PolledServer server;
    private final PollTrouble trouble;

    FtpKind(IntakePlan.Ftp ftp, Ground ground) throws IOException {
        super(
                ground,
                ftp,
                Incoming.open(ground.claims(), ftp.name()),
                new RejectedPlace(ftp.rejected()),
                Optional.of(ftp.rejected()));
        this.ftp = ftp;
        this.server = new PolledServer(
                ftp.site(ground.settings().policy().maxBytes()),
                new TakenFiles(ground.ledger(ftp.name() + ".taken", TakenFiles.capacity(), true)),
                new UnreadFiles(),
                new WaitingFiles(ftp.name(), Ground.AT_ONCE, ftp.poll(), ground.clock()),
                ground.disk(),
                ground.clock());
        this.trouble = ground.trouble(ftp.name(), room(), server);
        Stability stability = ground.stability(ftp.name(), ftp.stableFor(), Stability.ALL);
        ground.bindPolled(ftp.name(), new SafeNames<>(ftp.name(), new ServerFiles<>(server, stability)), trouble);
        ground.bind("takeaway-" + ftp.name(), new TakeAway<>(server, room()));
    }

    @Override
    public Optional<WaitingFiles> staying() {
        return Optional.of(server.waiting());
    }

    @Override
    public Optional<WaitingFiles.Standing> standing() {
        return Optional.of(server.waiting().standing());
    }

    /** What is claimed is a copy: the server has the file until it is enqueued. */
    @Override
    public Optional<Claimed> claim(Exchange exchange, GenericFile<?> file, File local, QueueId id) throws IOException {
        if (!Fetched.isNew(exchange, label(), server, file, local.toPath())) {
            return Optional.empty();
        }
        MakeTicket.identify(
                exchange,
                SourceIdentity.ofFile(file.getAbsoluteFilePath(), file.getLastModified(), file.getFileLength()));
        return Optional.of(incoming().claim(Gathered.copied(local.toPath(), server.named(file)), id));
    }

    @Override
    public Ticket ticket(Claimed claimed, Instant now) throws IOException, Refused {
        Ticket ticket =
                ScanTicket.make(ftp.rule(), kind(), claimed, ground.settings().name(), now);
        ground.spool().adopt(claimed);
        return ticket;
    }

    @Override
    public void addRoute() throws Exception {
        ground.keep(() -> ground.context().removeComponent("ftp-" + ftp.name()));
        ground.keep(() -> ground.context().removeComponent("sftp-" + ftp.name()));
        FtpAddress.add(
                ground.route("ftp", ftp.name()),
                ground.context(),
                ftp,
                server,
                incoming().folder());
    }

    @Override
    public Optional<PollTrouble> polling() {
        return Optional.of(trouble);
    }
}
