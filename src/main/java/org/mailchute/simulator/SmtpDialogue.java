package org.mailchute.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One session, command by command (RFC 5321, STARTTLS of RFC 3207, PIPELINING of RFC 2920, AUTH of RFC 4954). */
final class SmtpDialogue {
    private static final Pattern PATH = Pattern.compile("(?:FROM|TO):\\s*<([^<>]*)>.*", Pattern.CASE_INSENSITIVE);

    private final ExchangeOnline exchange;
    private final FaceRules rules;
    private final SSLContext tls;
    private final SessionState session;
    private Socket socket;
    private Wire wire;

    SmtpDialogue(ExchangeOnline exchange, FaceRules rules, SSLContext tls, SessionState session, Socket socket)
            throws IOException {
        this.exchange = exchange;
        this.rules = rules;
        this.tls = tls;
        this.session = session;
        this.socket = socket;
        this.wire = new Wire(socket, exchange.scenario().delayMillis());
    }

    void run() throws IOException {
        wire.say("220 simulator.outlook.example Microsoft ESMTP MAIL Service ready");
        boolean open = true;
        while (open) {
            String line = wire.line();
            String verb = line.replaceFirst("[ :].*", "").toUpperCase(Locale.ROOT);
            exchange.saw(session.number, verb.equals("AUTH") ? line.replaceFirst("(?i)(AUTH \\S+).*", "$1") : line);
            open = obey(verb, line.substring(Math.min(line.length(), verb.length() + 1)));
        }
    }

    private boolean obey(String verb, String rest) throws IOException {
        switch (verb) {
            case "EHLO", "HELO" -> hello(rest);
            case "STARTTLS" -> startTls();
            case "AUTH" -> auth(rest);
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> {
                return data();
            }
            case "RSET" -> {
                session.reset();
                wire.say("250 2.0.0 Resetting");
            }
            case "NOOP" -> wire.say("250 2.0.0 OK");
            case "QUIT" -> {
                wire.say("221 2.0.0 Service closing transmission channel");
                wire.flush();
                return false;
            }
            default -> wire.say("500 5.3.3 Unrecognized command '" + verb + "'");
        }
        return true;
    }

    private void hello(String name) throws IOException {
        session.reset();
        List<String> lines = new ArrayList<>(List.of(
                "simulator.outlook.example Hello [127.0.0.1] " + name,
                "SIZE 157286400",
                "PIPELINING",
                "DSN",
                "ENHANCEDSTATUSCODES"));
        if (session.tls.isEmpty()) {
            lines.add("STARTTLS");
        }
        lines.addAll(rules.offers(session));
        lines.addAll(List.of("8BITMIME", "SMTPUTF8"));
        for (int at = 0; at < lines.size(); at++) {
            wire.say("250" + (at == lines.size() - 1 ? " " : "-") + lines.get(at));
        }
    }

    private void startTls() throws IOException {
        if (!session.tls.isEmpty()) {
            wire.say("503 5.5.2 Only one STARTTLS command can be issued per session");
            return;
        }
        wire.say("220 2.0.0 SMTP server ready");
        wire.flush();
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secure.setWantClientAuth(rules.asksForClientCertificate());
        secure.startHandshake();
        session.reset();
        session.tls = secure.getSession().getProtocol();
        readCertificate(secure);
        socket = secure;
        wire = new Wire(secure, exchange.scenario().delayMillis());
    }

    private void readCertificate(SSLSocket secure) {
        try {
            X509Certificate leaf = (X509Certificate) secure.getSession().getPeerCertificates()[0];
            session.certificate = leaf.getSubjectX500Principal().getName();
            session.certificateNames = CertificateNames.of(leaf);
        } catch (SSLPeerUnverifiedException e) {
            session.certificate = ""; // none was sent
        }
    }

    private void auth(String rest) throws IOException {
        String[] words = rest.split(" ", 2);
        String mechanism = words[0].toUpperCase(Locale.ROOT);
        String refusal;
        if (rules.offers(session).stream().noneMatch(offer -> offer.contains(mechanism))) {
            refusal = "504 5.7.4 Unrecognized authentication type";
        } else if (mechanism.equals("LOGIN")) {
            String user = words.length > 1 ? decoded(words[1]) : asked("334 VXNlcm5hbWU6");
            refusal = rules.login(session, mechanism, user + "\u0001" + asked("334 UGFzc3dvcmQ6"));
        } else {
            refusal = rules.login(session, mechanism, words.length > 1 ? decoded(words[1]) : asked("334 "));
        }
        wire.say(refusal.isEmpty() ? "235 2.7.0 Authentication successful" : refusal);
    }

    private String asked(String challenge) throws IOException {
        wire.say(challenge);
        return decoded(wire.line());
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "not base64";
        }
    }

    private void mail(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        String from = path.matches() ? path.group(1) : "?";
        String refusal = session.mail ? "503 5.5.2 Sender already specified" : rules.mail(session, from);
        if (refusal.isEmpty()) {
            session.from = from;
            session.mail = true;
        }
        wire.say(refusal.isEmpty() ? "250 2.1.0 Sender OK" : refusal);
    }

    private void recipient(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        String recipient = path.matches() ? path.group(1) : "?";
        String refusal = session.mail ? rules.recipient(session, recipient) : "503 5.5.1 Bad sequence of commands";
        Scenario.Rule rule = refusal.isEmpty() ? exchange.rule(recipient, Scenario.At.RCPT) : null;
        if (rule != null) {
            refusal = rule.reply();
        }
        if (refusal.isEmpty()) {
            session.recipients.add(recipient);
        }
        wire.say(refusal.isEmpty() ? "250 2.1.5 Recipient OK" : refusal);
    }

    /** False when the connection is to be cut. */
    private boolean data() throws IOException {
        if (session.recipients.isEmpty()) {
            wire.say("503 5.5.2 Need rcpt command");
            return true;
        }
        wire.say("354 Start mail input; end with <CRLF>.<CRLF>");
        wire.flush();
        Path file = exchange.newFile(rules.option(session), session.recipients.get(0));
        wire.contentTo(file);
        String refusal = refusedAtTheEnd();
        if (refusal.isEmpty()) {
            exchange.took(received(file));
            if (session.recipients.stream().anyMatch(recipient -> exchange.rule(recipient, Scenario.At.LOST) != null)) {
                return false;
            }
            wire.say("250 2.6.0 <" + session.number + "@simulator.outlook.example> Queued mail for delivery");
        } else {
            Files.delete(file);
            wire.say(refusal);
        }
        session.reset();
        return true;
    }

    private String refusedAtTheEnd() {
        for (String recipient : session.recipients) {
            Scenario.Rule rule = exchange.rule(recipient, Scenario.At.END_OF_DATA);
            if (rule != null) {
                return rule.reply();
            }
        }
        return rules.endOfData(session);
    }

    private Received received(Path file) {
        return new Received(
                rules.option(session),
                session.from,
                List.copyOf(session.recipients),
                file,
                session.tls,
                session.user,
                session.certificate,
                session.number);
    }

    /** The octets of one connection: lines in, reply flights out, content streamed to a file. */
    private static final class Wire {
        private final InputStream in;
        private final java.io.OutputStream out;
        private final int delayMillis;
        private final StringBuilder flight = new StringBuilder();

        Wire(Socket socket, int delayMillis) throws IOException {
            this.in = new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16);
            this.out = socket.getOutputStream();
            this.delayMillis = delayMillis;
        }

        void say(String reply) {
            flight.append(reply).append("\r\n");
        }

        /** Replies of commands that came together go back together. */
        void flush() throws IOException {
            if (flight.isEmpty()) {
                return;
            }
            Distance.travel(delayMillis);
            out.write(flight.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            flight.setLength(0);
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                if (in.available() == 0) {
                    flush();
                }
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("the client went away");
                }
                if (octet == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append((char) octet);
            }
        }

        void contentTo(Path file) throws IOException {
            try (DotContent content = new DotContent(Files.newOutputStream(file))) {
                content.readFrom(in);
            }
        }
    }
}
