package org.mailchute.drop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.USER;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.mina.filter.ssl.SslFilter;
import org.mailchute.door.Guessers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands there are. What is not here does not exist (502): no RETR, no SITE, no REST; DELE and RMD of
 * what is empty only. A device may
 * list its own folder, since some look before they store or afterwards: it sees what still waits there.
 */
final class DropCommands {
    private static final Logger LOG = LoggerFactory.getLogger(DropCommands.class);
    private static final List<String> AS_THEY_ARE = List.of(
            "ABOR", "AUTH", "CDUP", "CWD", "EPSV", "LIST", "MDTM", "MLSD", "MLST", "MODE", "NLST", "NOOP", "OPTS",
            "PASV", "PBSZ", "PROT", "PWD", "QUIT", "RNFR", "SIZE", "STRU", "TYPE");
    private static final List<String> ACTIVE = List.of("PORT", "EPRT");
    private static final Map<String, String> OLD_NAMES =
            Map.of("XPWD", "PWD", "XCWD", "CWD", "XCUP", "CDUP", "XMKD", "MKD", "XRMD", "RMD");

    private static final String SEND = "Send it.";

    private DropCommands() {}

    /** RFC 2389 section 3.2. */
    private static String features(DropPlan plan) {
        List<String> features = new ArrayList<>(List.of("EPSV", "MDTM", "MLST Size;Modify;Type;Perm", "SIZE", "UTF8"));
        plan.certificate().ifPresent(files -> features.addAll(List.of("AUTH TLS", "PBSZ", "PROT")));
        if (plan.active()) {
            features.add("EPRT");
        }
        return "What there is:\n " + String.join("\n ", features) + "\nEnd";
    }

    static CommandFactory of(DropPlan plan, DropUsers users, Guessers guessers) {
        CommandFactory standard = new CommandFactoryFactory().createCommandFactory();
        CommandFactoryFactory ours = new CommandFactoryFactory();
        ours.setUseDefaultCommands(false);
        AS_THEY_ARE.forEach(name -> ours.addCommand(name, standard.getCommand(name)));
        if (plan.active()) {
            ACTIVE.forEach(name -> ours.addCommand(name, standard.getCommand(name)));
        }
        ours.addCommand(
                "STOR", new Store((view, name) -> view.folder().begin(view.path(name)), SEND, plan.tlsRequired()));
        ours.addCommand(
                "APPE", new Store((view, name) -> view.folder().append(view.path(name)), SEND, plan.tlsRequired()));
        ours.addCommand(
                "STOU",
                // RFC 1123 section 4.1.2.9: the device learns the name here
                new Store((view, name) -> view.folder().beginUnique(view.path("")), "FILE: %s", plan.tlsRequired()));
        ours.addCommand("RNTO", new Naming(Naming::renamed));
        ours.addCommand("MKD", new Naming(Naming::folderMade));
        ours.addCommand("ALLO", FtpReply.always(202, "There is no need to ask for space."));
        ours.addCommand("RETR", FtpReply.always(550, "This server takes scans and gives none back."));
        ours.addCommand("DELE", new Naming(Naming::deleted));
        ours.addCommand("RMD", new Naming(Naming::folderRemoved));
        // some clients change what they send unless it says just this (findings/ftpserver-system-name-changes-scans.sh)
        ours.addCommand("SYST", FtpReply.always(215, "UNIX Type: L8"));
        ours.addCommand("FEAT", FtpReply.always(211, features(plan)));
        ours.addCommand("USER", plan.tlsRequired() ? new UserOverTls() : standard.getCommand("USER"));
        ours.addCommand("PASS", unlessShut(new Pass(standard.getCommand("PASS"), users), guessers));
        CommandFactory all = ours.createCommandFactory();
        return name -> {
            Command command = all.getCommand(OLD_NAMES.getOrDefault(name, name));
            return command == null ? null : onlyOverTls(command);
        };
    }

    /** What waits before it answers a wrong password waits in a thread that others need. */
    private static Command unlessShut(Command pass, Guessers guessers) {
        return (session, context, request) -> {
            if (session.getRemoteAddress() instanceof InetSocketAddress from && guessers.shut(from.getAddress())) {
                FtpReply.say(session, new FtpReply(421, Guessers.SHUT_OUT + "."));
                session.close(false);
            } else {
                pass.execute(session, context, request);
                if (session.isLoggedIn()) {
                    DropSession.of(session).hasLoggedIn();
                }
            }
        };
    }

    /**
     * What follows AUTH TLS before the handshake has ended came in plain text: anybody on the way may have put it there, for
     * the server to take as said inside TLS (CVE-2011-0411 was that in SMTP). Of whom hangs up MINA (2.2.9) forgets TLS before
     * its last line is heard ({@code findings/mina-forgets-tls-before-the-last-line.sh}): that is not done either, and not told of.
     */
    private static Command onlyOverTls(Command command) {
        return (session, context, request) -> {
            if (session.isSecure() && !session.containsAttribute(SslFilter.SSL_SECURED)) {
                if (!DropSession.of(session).hadTls()) {
                    tellOfPlainText(session);
                }
                session.closeNow();
                return;
            }
            command.execute(session, context, request);
        };
    }

    private static void tellOfPlainText(FtpIoSession session) {
        DropSession.of(session)
                .tell(
                        "plain text",
                        more -> LOG.warn(
                                "ftp server: {} sent plain text behind AUTH: session ended{}",
                                SessionTrouble.peer(session),
                                more));
    }

    /** A password must not be asked for where everyone could read it. */
    private static final class UserOverTls implements Command {
        private final USER user = new USER();

        @Override
        public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
                throws IOException, FtpException {
            if (session.isSecure()) {
                user.execute(session, context, request);
            } else {
                FtpReply.say(session, new FtpReply(530, "This server is for TLS only: send AUTH TLS first."));
            }
        }
    }
}
