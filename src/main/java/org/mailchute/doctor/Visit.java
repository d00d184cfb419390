package org.mailchute.doctor;

import java.io.IOException;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.reply.Option;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.Servers;

/** One session at the lane's server, from the connection to the goodbye; what it shows goes into the findings. */
final class Visit {
    private final Patient patient;
    private final Findings findings;
    private final Judge judge;
    private final Line line;
    private final Extras extras;
    private final Clock clock;
    private Optional<String> egress = Optional.empty();

    Visit(Patient patient, Findings findings, ReplyTable table, Duration timeout, Extras extras, Clock clock) {
        this.patient = patient;
        this.findings = findings;
        this.judge = new Judge(table, patient);
        this.line = new Line(patient, timeout);
        this.extras = extras;
        this.clock = clock;
    }

    /** The address the server sees; empty where it does not say. */
    Optional<String> run() {
        try (Talk talk = connected()) {
            converse(talk);
            findings.notChecked(testMail(), "there is no login");
        } catch (Stopped e) {
            findings.notChecked(patient.atServer(), e.because());
            findings.notChecked(testMail(), e.because());
        } catch (IOException e) {
            findings.error(
                    Topic.REACHED,
                    "the connection to " + patient.at() + " broke: " + e.getMessage(),
                    "Something on the way may be cutting SMTP: look at the firewall's log for port "
                            + patient.peer().port() + ".");
            findings.notChecked(patient.atServer(), "the connection broke");
            findings.notChecked(testMail(), "the connection broke");
        }
        return egress;
    }

    private List<Topic> testMail() {
        return extras.testMail() && patient.option() == Option.SUBMISSION ? List.of(Topic.SEND_AS) : List.of();
    }

    private void converse(Talk talk) throws IOException, Stopped {
        greeting(talk.server().name(), talk.hear());
        Heard hello = talk.say("EHLO " + patient.peer().ehloName());
        if (!hello.positive()) {
            judge.refused(findings, Topic.EHLO_NAME, Stage.GREETING, hello, "EHLO was answered ");
            throw new Stopped("EHLO was refused");
        }
        Heard offers = new TlsCheck(patient, findings, line).run(talk, hello);
        family(talk);
        egress(offers);
        size(offers);
        if (patient.option() == Option.SUBMISSION) {
            if (new LoginCheck(patient, findings, judge).run(talk, offers) && extras.testMail()) {
                new TestMail(patient, findings, judge, clock).run(talk);
            }
        } else {
            new Probe(patient, findings, judge).run(talk);
        }
    }

    private Talk connected() throws Stopped {
        try {
            return line.open();
        } catch (Servers.NotFound e) {
            findings.error(
                    Topic.REACHED,
                    String.valueOf(e.getMessage()),
                    patient.option() == Option.SUBMISSION
                            ? "Check the lane's host and this machine's DNS."
                            : "Read the MX host of your domain and set it as the lane's host: nslookup -type=mx "
                                    + patient.sender().domain());
        } catch (IOException e) {
            findings.error(
                    Topic.REACHED,
                    "no connection to " + patient.at() + ": " + e.getMessage(),
                    "Open port " + patient.peer().port() + " outwards in the firewall"
                            + (patient.peer().port() == 25
                                    ? "; many providers and all large clouds close 25, then use client submission."
                                    : ".")
                            + " On Windows: Test-NetConnection "
                            + patient.peer().host() + " -Port "
                            + patient.peer().port());
        }
        throw new Stopped("there is no connection to " + patient.at());
    }

    private void greeting(String server, Heard heard) throws Stopped {
        if (!heard.positive()) {
            judge.refused(findings, Topic.REACHED, Stage.GREETING, heard, "the greeting is ");
            throw new Stopped("the server turned us away");
        }
        String banner = heard.lines().get(0);
        List<String> known = patient.profile().greetings();
        if (known.isEmpty()) {
            findings.info(Topic.REACHED, server + " says " + banner + "; how the service greets is not known", "");
        } else if (known.stream().anyMatch(banner::contains)) {
            findings.ok(Topic.REACHED, server + " says " + banner);
        } else {
            findings.error(
                    Topic.REACHED,
                    "another server answers as " + server + ": " + banner,
                    "A firewall or the provider catches SMTP on its way. Have port "
                            + patient.peer().port() + " let through unchanged, without SMTP inspection.");
        }
    }

    private void family(Talk talk) {
        if (patient.option() == Option.SUBMISSION) {
            return;
        }
        String seen = "connected to " + talk.server().address().getHostAddress();
        if (!(talk.server().address() instanceof Inet6Address)) {
            findings.ok(Topic.FAMILY, seen + ", IPv4");
        } else if (patient.knownByAddress()) {
            findings.error(
                    Topic.FAMILY,
                    seen + ", IPv6: a connector knows IPv4 addresses only",
                    "Set the lane's ipv4 to true, and find out why IPv4, which is tried first, failed.");
        } else {
            findings.warning(
                    Topic.FAMILY,
                    seen + ", IPv6: Microsoft then asks for a reverse DNS name and SPF or DKIM",
                    "Set the lane's ipv4 to true, and find out why IPv4, which is tried first, failed.");
        }
    }

    private void egress(Heard offers) {
        if (patient.option() == Option.SUBMISSION) {
            return;
        }
        egress = offers.seenAddress();
        String address = egress.orElse("");
        String connectors =
                "Get-InboundConnector | Format-List Name, Enabled, ConnectorType, SenderIPAddresses, TlsSenderCertificateName";
        if (address.isEmpty()) {
            findings.info(Topic.EGRESS, "the server does not say which address it sees", "");
        } else if (!patient.egress().isEmpty()) {
            documented(address, connectors);
        } else if (patient.knownByAddress()) {
            findings.info(
                    Topic.EGRESS,
                    "the server sees us as " + address + "; the connector must name it",
                    "Only an administrator can look, in Exchange Online PowerShell: " + connectors);
        } else {
            findings.ok(Topic.EGRESS, "the server sees us as " + address);
        }
    }

    /** A provider that changed the address is why relay breaks overnight (5.7.64). */
    private void documented(String address, String connectors) {
        String noted = String.join(", ", patient.egress());
        if (patient.egress().stream().anyMatch(network -> Networks.contains(network, address))) {
            findings.ok(Topic.EGRESS, "the server sees us as " + address + ", as noted");
        } else {
            findings.add(
                    Topic.EGRESS,
                    patient.knownByAddress() ? Status.ERROR : Status.WARNING,
                    "the server sees us as " + address + ", and the lane's egress says " + noted,
                    "Set-InboundConnector -Identity NAME -SenderIPAddresses " + address
                            + ", the SPF record and the lane's egress; or have the provider give " + noted
                            + " back. Which connector: " + connectors);
        }
    }

    private void size(Heard offers) {
        String size = offers.keyword("SIZE").orElse("");
        long ours = patient.limits().messageBytes();
        if (!size.matches("\\d{1,18}")) {
            findings.info(Topic.SIZE, "the server names no size", "");
        } else if (Long.parseLong(size) > 0 && Long.parseLong(size) < ours) {
            findings.warning(
                    Topic.SIZE,
                    "the server takes " + size + " octets, the lane up to " + ours,
                    "Lower the lane's messageSize to " + size + ".");
        } else {
            findings.info(
                    Topic.SIZE,
                    "the server takes " + size + " octets, the lane up to " + ours + "; "
                            + patient.profile().size().seen(),
                    patient.own(patient.profile().size().remedy()));
        }
    }
}
