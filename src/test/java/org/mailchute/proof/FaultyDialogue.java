package org.mailchute.proof;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.mailchute.proof.FaultyServer.Fault;
import org.mailchute.proof.FaultyServer.Step;

/** One connection to a {@link FaultyServer}. */
final class FaultyDialogue {
    private final FaultyServer server;
    private final Socket plain;
    private Socket socket;

    /** The connection is over, as the fault wants it. */
    private static final class Over extends IOException {
        private static final long serialVersionUID = 1;
    }

    FaultyDialogue(FaultyServer server, Socket socket) {
        this.server = server;
        this.plain = socket;
        this.socket = socket;
    }

    void run() throws IOException {
        happen(server.at(Step.CONNECT), "");
        reply(Step.BANNER, "220 faulty.example ready");
        while (true) {
            obey(hear().split(" ")[0].toUpperCase(Locale.ROOT));
        }
    }

    private void obey(String verb) throws IOException {
        switch (verb) {
            case "EHLO" -> greet();
            case "STARTTLS" -> secure();
            case "AUTH" -> reply(Step.AUTH, "235 2.7.0 welcome");
            case "MAIL" -> reply(Step.MAIL, "250 2.1.0 sender ok");
            case "RCPT" -> reply(Step.RCPT, "250 2.1.5 recipient ok");
            case "DATA" -> data();
            case "QUIT" -> {
                reply(Step.QUIT, "221 2.0.0 bye");
                throw new Over();
            }
            default -> say("250 2.0.0 ok");
        }
    }

    private void greet() throws IOException {
        boolean overTls = socket != plain;
        reply(
                overTls ? Step.EHLO_OVER_TLS : Step.EHLO,
                "250-faulty.example\r\n250-8BITMIME\r\n250 " + (overTls ? "AUTH PLAIN XOAUTH2" : "STARTTLS"));
    }

    private void secure() throws IOException {
        if (!reply(Step.STARTTLS, "220 2.0.0 go ahead")) {
            return;
        }
        Fault fault = server.at(Step.TLS);
        if (fault != Fault.NONE && fault.compareTo(Fault.UNTRUSTED) < 0) {
            plain.getInputStream().read(); // what is said before the handshake has begun does not count
            happen(fault, "");
        }
        SSLSocket secure =
                (SSLSocket) server.tls(fault).getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        socket = secure;
    }

    private void data() throws IOException {
        if (!reply(Step.DATA, "354 go")) {
            return;
        }
        Fault amid = server.at(Step.CONTENT);
        if (amid != Fault.NONE) {
            hear();
            happen(amid, "");
            stall();
        }
        for (String line = hear(); !line.equals("."); line = hear()) {
            // content
        }
        Fault fault = server.at(Step.DOT);
        if (fault != Fault.TEMPORARY && fault != Fault.PERMANENT) {
            server.took();
        }
        reply(fault, "250 2.0.0 taken");
    }

    private boolean reply(Step step, String text) throws IOException {
        return reply(server.at(step), text);
    }

    /** @return whether it was said as it should be */
    private boolean reply(Fault fault, String text) throws IOException {
        if (fault == Fault.NONE) {
            say(text);
        }
        happen(fault, text);
        return fault == Fault.NONE || fault == Fault.SLOW;
    }

    /** @param text that should have been said */
    private void happen(Fault fault, String text) throws IOException {
        switch (fault) {
            case NONE -> {
                // as it should be
            }
            case RESET -> {
                plain.setSoLinger(true, 0);
                plain.close();
                throw new Over();
            }
            case STALL -> stall();
            case GARBAGE -> {
                say("You have reached a printer");
                stall();
            }
            case HALF -> {
                write(text.substring(0, text.length() / 2));
                throw new Over();
            }
            case TEMPORARY -> say("451 4.9.9 not now");
            case PERMANENT -> say("554 5.9.9 never");
            case SLOW -> {
                for (char octet : (text + "\r\n").toCharArray()) {
                    write(String.valueOf(octet));
                }
            }
            default -> throw new Over();
        }
    }

    /** Until the client goes. */
    private void stall() throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        throw new Over();
    }

    private void say(String text) throws IOException {
        write(text + "\r\n");
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private String hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
