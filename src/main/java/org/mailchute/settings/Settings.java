package org.mailchute.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.drop.DropDevice;
import org.mailchute.drop.DropPlan;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.IntakeRule;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.notice.NoticePlan;
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
 * @param intakes where input comes from
 * @param drop the FTP server we are; its devices' folders are among the intakes
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
        List<IntakePlan> intakes,
        Drop drop,
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
        return intakes.stream().flatMap(IntakePlan::watched).filter(folder -> !folder.startsWith(home));
    }

    /** The folders in which files are made, renamed and deleted: home, and what the settings name outside of it. */
    public Stream<Path> places() {
        Stream<Path> own = intakes.stream()
                .flatMap(intake -> intake.own().values().stream())
                .filter(place -> !place.startsWith(home));
        return Stream.of(Stream.of(home), watched(), own)
                .flatMap(Function.identity())
                .distinct();
    }

    /** What each intake makes of its input, in the order written. */
    public Stream<IntakeRule> rules() {
        return intakes.stream().flatMap(IntakePlan::rules);
    }

    /** Watched folders, those of our FTP server's devices too. */
    public List<IntakePlan.Folder> folders() {
        return all(IntakePlan.Folder.class);
    }

    /** Servers that are polled. */
    public List<IntakePlan.Ftp> ftp() {
        return all(IntakePlan.Ftp.class);
    }

    /** JMS queues. */
    public List<IntakePlan.Jms> jms() {
        return all(IntakePlan.Jms.class);
    }

    /** Folders of whole messages. */
    public List<IntakePlan.Pickup> pickup() {
        return all(IntakePlan.Pickup.class);
    }

    /** Listeners for devices that can only send by SMTP. */
    public List<IntakePlan.Smtp> smtp() {
        return all(IntakePlan.Smtp.class);
    }

    private <T extends IntakePlan> List<T> all(Class<T> kind) {
        return intakes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Domains of senders, in lower case. */
    public Set<String> domains() {
        return OwnDomains.of(rules(), policy);
    }

    /** The FTP server we are; there is none without a device. */
    public record Drop(DropPlan plan, List<DropDevice> devices) {}

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
