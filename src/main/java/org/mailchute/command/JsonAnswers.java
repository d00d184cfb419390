package org.mailchute.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.cluster.Gateways;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.init.Proposal;
import org.mailchute.listener.UnknownDevice;
import org.mailchute.management.IntakeReport;
import org.mailchute.management.LaneReport;
import org.mailchute.settings.Change;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.spool.QueueId;

/** What commands print with {@code --json}; {@code src/docs/commands.md} says what the keys mean. */
final class JsonAnswers {
    private JsonAnswers() {}

    /** Of {@code init}. */
    record Begun(
            List<String> seen,
            List<ProposedLane> lanes,
            List<String> notes,
            List<String> files,
            List<String> aside,
            List<String> wanted,
            List<String> warnings) {}

    /** Of {@code init}. */
    record ProposedLane(String lane, String way, String why) {
        static ProposedLane of(Proposal.Lane lane) {
            return new ProposedLane(lane.way().lane(), lane.way().label(), lane.why());
        }
    }

    /** Of {@code check}. */
    record Checked(String file, List<Fault> faults, List<String> warnings) {}

    /** Of {@code check --diff}. */
    record Differing(String file, List<Change> changes) {}

    /** Of {@code explain}. */
    record Explanation(
            Optional<MailAddress> from,
            long bytes,
            Optional<OfFile> file,
            List<ExplainedRecipient> recipients,
            boolean differs) {}

    /** Of {@code explain --file}, of the file alone. */
    record OfFile(String path, boolean taken, List<ExplainedFile.Fact> facts) {}

    /** Of {@code lanes}. */
    record Lanes(List<LaneReport> lanes, List<IntakeReport> intakes, Optional<Gateways> cluster, boolean differs) {}

    /** Of {@code lanes hold} and {@code release}. */
    record Turned(String lane, String state) {}

    /** Of {@code dead list} and {@code show}, one each. */
    record Dead(
            QueueId queueId,
            String lane,
            List<ForwardPath> recipients,
            Instant queuedAt,
            Instant givenUpAt,
            int attempts,
            String reply,
            String reason,
            String remedy) {
        static Dead of(DeadLetter letter) {
            return new Dead(
                    letter.check().queueId(),
                    letter.check().lane(),
                    letter.check().recipients(),
                    letter.check().queuedAt(),
                    letter.time(),
                    letter.check().attempts() + 1,
                    letter.reply(),
                    letter.reason(),
                    letter.remedy());
        }
    }

    /** Of {@code dead replay} and {@code drop}. */
    record Decided(String queueId, String done, List<String> recipients) {}

    /** Of {@code devices}, one each. */
    record Device(
            String intake,
            String address,
            long count,
            Instant lastSeen,
            String name,
            String sender,
            List<String> recipients) {
        static Device of(String intake, UnknownDevice device) {
            return new Device(
                    intake,
                    device.address(),
                    device.count(),
                    device.lastSeen(),
                    device.name(),
                    device.sender(),
                    device.recipients());
        }
    }

    /** Of {@code trace forget}. */
    record Forgotten(String address, int messages) {}

    /** Of {@code console}. */
    record Linked(String link) {}
}
