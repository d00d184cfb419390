package org.mailchute.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mailchute.init.Seen.Port;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.Cloud;

/**
 * Which lanes fit, and why.
 *
 * @param lanes in the order they are asked
 * @param notes what else is worth knowing
 */
public record Proposal(List<Lane> lanes, List<String> notes) {
    /** @param why for a person, in one sentence without its full stop */
    public record Lane(Way way, String why) {}

    /** What a mailbox may send in a day. */
    static final int MAILBOX =
            ServiceProfile.of(Service.EXCHANGE_ONLINE).limits().recipientsPerDay();

    static Proposal of(Answered answers, Seen seen) {
        return new Proposer(answers, seen).propose();
    }

    boolean has(Way way) {
        return lanes.stream().anyMatch(lane -> lane.way() == way);
    }

    private static final class Proposer {
        private final Answered answers;
        private final Seen seen;
        private final List<Lane> lanes = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Proposer(Answered answers, Seen seen) {
            this.answers = answers;
            this.seen = seen;
        }

        Proposal propose() {
            if (!answers.lanes().isEmpty()) {
                answers.lanes().forEach(way -> add(way, "chosen by hand"));
            } else if (answers.recipients() > MAILBOX) {
                many();
            } else {
                few();
            }
            note();
            return new Proposal(List.copyOf(lanes), List.copyOf(notes));
        }

        /** More than a mailbox may send. */
        private void many() {
            String much = "more than the " + count(MAILBOX) + " recipients that a mailbox may have in a day";
            if (answers.inside() && seen.open(Port.SUBMISSION) && seen.cloud() != Cloud.CHINA) {
                add(Way.HVE, much + ", all inside: High Volume Email has no such limit, and costs by recipient");
            } else if (answers.inside() && seen.open(Port.MX)) {
                add(
                        Way.DIRECT_SEND,
                        much + ", all inside, and High Volume Email cannot be had: the MX host takes it by port 25");
            } else if (answers.knownBy().isPresent() && seen.open(Port.MX)) {
                add(Way.RELAY, much + ": a connector that knows this machine has no mailbox to count by");
            } else if (!answers.inside() && seen.open(Port.SUBMISSION)) {
                add(
                        Way.ACS,
                        much
                                + ", outside as well: Azure Communication Services is made for that; ask Azure support early to raise"
                                + " its first 100 messages an hour");
            } else {
                few();
                notes.add("this is " + much
                        + ": what is more waits until the next day, unless there are mailboxes for it");
            }
        }

        private void few() {
            boolean connector = answers.knownBy().isPresent() && seen.open(Port.MX);
            if (seen.open(Port.SUBMISSION)) {
                add(Way.SUBMISSION, "reaches everybody, is signed by Microsoft, and needs no fixed address");
                if (connector) {
                    add(
                            Way.RELAY,
                            "takes over where the mailbox is held or has spent its day, since a connector can know this machine");
                }
            } else if (connector) {
                add(Way.RELAY, "port 587 is closed, port 25 is open, and a connector can know this machine");
            } else if (seen.open(Port.GRAPH)) {
                add(Way.GRAPH, "port 587 is closed, and HTTPS is open");
            } else if (answers.inside() && seen.open(Port.MX)) {
                add(Way.DIRECT_SEND, "only port 25 is open, nothing knows this machine there, and mail stays inside");
            } else {
                add(Way.SUBMISSION, "reaches everybody; nothing is open from here, so have port 587 opened first");
            }
        }

        private void note() {
            if (seen.elsewhere() && (uses(Way.RELAY) || uses(Way.DIRECT_SEND))) {
                notes.add("mail for " + answers.domain() + " goes to others before Microsoft 365: the lane's host "
                        + seen.usualHost() + " is a guess, tenant.ps1 shows the right one");
            }
            if (uses(Way.RELAY) && answers.knownBy().isEmpty()) {
                notes.add(
                        "a connector has to know this machine: say its address or its certificate's name by --known-by");
            }
            if (uses(Way.RELAY)
                    && answers.certificate()
                            .filter(name -> !("." + name).endsWith("." + answers.domain()))
                            .isPresent()) {
                notes.add("the certificate's name is not in " + answers.domain()
                        + ": its domain must be an accepted domain of the tenant, too");
            }
            if (lanes.stream().allMatch(lane -> lane.way().inside()) && !answers.inside()) {
                notes.add("no lane of these reaches anybody outside: such mail is refused");
            }
            if (uses(Way.DIRECT_SEND) && answers.address().isEmpty()) {
                notes.add(
                        "mail by direct send is signed by nobody: without this machine's address in the SPF record it is taken"
                                + " for junk");
            }
        }

        private void add(Way way, String why) {
            lanes.add(new Lane(way, why));
        }

        private boolean uses(Way way) {
            return lanes.stream().anyMatch(lane -> lane.way() == way);
        }

        private static String count(int number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** Those that carry mail to anybody, or only those that do not. */
    List<Way> ways(boolean inside) {
        return lanes.stream()
                .map(Lane::way)
                .filter(way -> way.inside() == inside)
                .toList();
    }

    /** All of them, in the order they are asked. */
    Stream<Way> ways() {
        return lanes.stream().map(Lane::way);
    }
}
