package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.drop.DropDevice;
import org.mailchute.drop.DropPlan;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.DotStuffing;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.ReadyRule;
import org.mailchute.limits.SendingLimits;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.notice.NoticePlan;
import org.mailchute.polled.Site;
import org.mailchute.request.Requests;
import org.mailchute.settings.yaml.Written;
import org.mailchute.smtp.SmtpPeer;
import org.mailchute.tracestore.TracePlan;

/**
 * What {@code mailchute.yaml} says, whole and checked. Every key is explained in {@code deploy/mailchute.yaml}.
 *
 * @param home folder of spool, journal, lane states
 * @param name our own fully qualified host name, said in EHLO and used in Message-IDs
 * @param routesFolder folder whose route files replace the shipped ones of the same name
 * @param replies file of an administrator's own rows, in the form of {@code replies.yaml}
 * @param folders watched folders
 * @param ftp FTP drops
 * @param jms JMS queues
 * @param drop the FTP server we are; its devices' folders are among {@code folders}
 * @param pickup folders of whole messages
 * @param smtp listeners for devices that can only send by SMTP
 * @param policy who may send to whom
 * @param lanes next hops with limits and proof, in the order written
 * @param routing which lanes carry which author's mail to which domains; the first match wins
 * @param retry waits between attempts; when used up, the message is a dead letter
 * @param broker embedded, or elsewhere
 * @param management where health, metrics and commands listen
 * @param console who may come in there, and how
 * @param cluster several gateways with this home, of which one works; empty for one gateway
 * @param notices who learns of what fails
 * @param cloud which of Microsoft's clouds, as set, else that of the first lane whose host tells; and its names
 * @param proxy what HTTPS goes through, to Entra and to Microsoft Graph
 * @param written the file's own words
 */
public record Settings(
        Path home,
        String name,
        Optional<Path> routesFolder,
        Optional<Path> replies,
        List<FolderIntake> folders,
        List<FtpIntake> ftp,
        List<JmsIntake> jms,
        Drop drop,
        List<PickupIntake> pickup,
        List<SmtpIntake> smtp,
        AcceptPolicy policy,
        List<Lane> lanes,
        List<Rule> routing,
        List<Duration> retry,
        BrokerPlan broker,
        ManagementSettings management,
        ConsoleSettings console,
        TracePlan trace,
        Optional<ClusterPlan> cluster,
        NoticePlan notices,
        CloudNames cloud,
        Optional<HttpsProxy> proxy,
        Written written) {

    /** The folders of others that are watched: not those of the FTP server, which lie in home. */
    public Stream<Path> watched() {
        return Stream.concat(
                        folders.stream().map(FolderIntake::folder),
                        pickup.stream().map(PickupIntake::folder))
                .filter(folder -> !folder.startsWith(home));
    }

    /** The folders in which files are made, renamed and deleted: home, and what the settings name outside of it. */
    public Stream<Path> places() {
        Stream<Path> named = Stream.of(
                        watched(),
                        folders.stream().flatMap(intake -> intake.own().values().stream()),
                        ftp.stream().map(FtpIntake::rejected),
                        pickup.stream().flatMap(intake -> intake.rejected().stream()))
                .flatMap(Function.identity());
        return Stream.concat(Stream.of(home), named.filter(folder -> !folder.startsWith(home)))
                .distinct();
    }

    /** What each intake makes of its input, in the order written. */
    public Stream<IntakeRule> rules() {
        return Stream.of(
                        folders.stream().map(FolderIntake::rule),
                        ftp.stream().map(FtpIntake::rule),
                        jms.stream().map(JmsIntake::rule))
                .flatMap(Function.identity());
    }

    /** Domains of senders, in lower case. */
    public Set<String> domains() {
        return OwnDomains.of(rules(), policy);
    }

    /**
     * A watched folder, or a device's own of our FTP server.
     *
     * @param kind {@link #FOLDER} or {@link #DROP}
     * @param stableFor size and time unchanged this long before it is taken
     */
    public record FolderIntake(
            String kind,
            String name,
            Path folder,
            Path rejected,
            boolean subfolders,
            Duration poll,
            Duration stableFor,
            PlaceSettings places,
            IntakeRule rule) {
        public static final String FOLDER = "folder";
        public static final String DROP = "drop";

        /** Folders of ours by their keys; they are not watched even where they lie inside the watched one. */
        public Map<String, Path> own() {
            Map<String, Path> all = new TreeMap<>(places.own());
            all.put("rejected", rejected);
            return all;
        }

        /** Those, and what else is not watched. */
        public List<Path> notWatched() {
            return Stream.concat(own().values().stream(), places.others().stream())
                    .toList();
        }
    }

    /** A server that scanners drop files on, which we poll. */
    public record FtpIntake(
            String name,
            PolledSettings server,
            String folder,
            Duration poll,
            Duration stableFor,
            Path rejected,
            IntakeRule rule) {
        /** @param largest octets of a file that is fetched */
        public Site site(long largest) {
            return new Site(server.host(), server.port(), server.user(), folder, largest, server.mayBeLatin());
        }
    }

    /** The FTP server we are; there is none without a device. */
    public record Drop(DropPlan plan, List<DropDevice> devices) {}

    /** A queue of mail requests. */
    public record JmsIntake(
            String name, String queue, int consumers, long maxRequestBytes, RequestSettings requests, IntakeRule rule) {
        public Requests requests(Settings settings, Clock clock) throws IOException {
            return requests.open(this, settings, clock);
        }
    }

    /**
     * A listener for devices.
     *
     * @param learning devices that are not known may say whom they want to send to, and are listed
     * @param recipients to whom its devices may send; empty for whomever accept allows
     * @param rule who may send, and how much
     */
    public record SmtpIntake(ListenerPlan plan, boolean learning, List<AddressPattern> recipients, ReadyRule rule) {
        public String name() {
            return plan.name();
        }
    }

    /**
     * A folder of whole messages (.eml).
     *
     * @param rejected where refused ones go; empty for those that stay in the folder, as NAME.bad
     * @param keep what is taken stays in the folder: a rehearsal
     */
    public record PickupIntake(
            String name,
            Path folder,
            Optional<Path> rejected,
            Duration poll,
            Duration stableFor,
            DotStuffing dotStuffed,
            boolean keep,
            ReadyRule rule) {}

    /**
     * One next hop, how to prove who we are there, and what it may carry.
     *
     * @param egress addresses or networks that Microsoft should see us by; for the doctor
     * @param ipv4 only IPv4 addresses are tried
     * @param mx the next hop's host is a domain, whose MX hosts are looked up
     * @param uncertainWait before a delivery whose fate is unknown is tried again
     * @param probe longest wait between looks whether a stopped lane works again
     */
    public record Lane(
            NextHop nextHop,
            SendingLimits limits,
            SmtpPeer.Tls tls,
            Optional<Path> trust,
            Optional<String> sourceAddress,
            List<String> egress,
            boolean ipv4,
            boolean mx,
            Login login,
            SenderPolicy sender,
            SmtpPeer.Times times,
            Duration uncertainWait,
            Duration probe) {

        public String name() {
            return nextHop.lane();
        }
    }
}
