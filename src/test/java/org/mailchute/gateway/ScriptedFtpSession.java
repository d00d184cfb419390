package org.mailchute.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.mailchute.gateway.ScriptedFtp.Cut;

/** One control connection of a {@link ScriptedFtp}. */
final class ScriptedFtpSession {
    private static final int PIECE = 64 << 10;

    private final ScriptedFtp server;
    private Socket control;
    private BufferedReader in;
    private @Nullable ServerSocket passive;
    private String active = "";

    ScriptedFtpSession(ScriptedFtp server, Socket control) throws IOException {
        this.server = server;
        this.control = control;
        this.in = reader();
    }

    private BufferedReader reader() throws IOException {
        return new BufferedReader(new InputStreamReader(control.getInputStream(), server.charset()));
    }

    void run() throws IOException {
        List<String> greeting = server.tell("");
        say(greeting.isEmpty() ? "220 at your service" : greeting.get(0));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!answered(line)) {
                return;
            }
        }
    }

    private boolean answered(String line) throws IOException {
        String[] words = line.split(" ", 2);
        List<String> told = server.tell(line);
        if (told.isEmpty()) {
            return done(words[0], words.length > 1 ? words[1].replaceFirst("^/", "") : "");
        }
        say(told.get(0));
        if (told.size() > 1) {
            send(words[0].equals("LIST") ? server.listing() : new byte[0]);
            say(told.get(1));
        }
        return !told.get(0).startsWith("421");
    }

    private boolean done(String command, String argument) throws IOException {
        switch (command) {
            case "AUTH" -> {
                say("234 begin");
                control = server.protection().control(control);
                in = reader();
            }
            case "USER" -> say("331 password?");
            case "PASS" -> say("230 welcome");
            case "TYPE", "CWD" -> say("250 fine");
            case "PWD" -> say("257 \"/\"");
            case "NOOP", "PBSZ", "PROT" -> say("200 fine");
            case "SYST" -> say("215 UNIX Type: L8");
            case "PASV" -> say("227 " + passive());
            case "LIST" -> {
                return !server.cutAt(Cut.BEFORE_LIST) && sent(server.listing(), "LIST");
            }
            case "MLSD" -> sent(server.facts(), "MLSD");
            case "NLST" -> sent(server.names(), "NLST");
            case "PORT" -> {
                active = argument;
                say("200 fine");
            }
            case "SIZE" ->
                say(server.files().containsKey(argument) ? "213 " + server.size(argument) : "550 no such file");
            case "RETR" -> {
                return !server.cutAt(Cut.BEFORE_RETR) && retrieved(argument);
            }
            case "DELE" -> {
                return !server.cutAt(Cut.BEFORE_DELE) && deleted(argument);
            }
            case "QUIT" -> {
                return false;
            }
            default -> say("502 not here");
        }
        return true;
    }

    private String passive() throws IOException {
        ServerSocket data = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        passive = data;
        return "(127,0,0,1," + data.getLocalPort() / 256 + "," + data.getLocalPort() % 256 + ")";
    }

    private boolean retrieved(String name) throws IOException {
        byte[] content = server.files().get(name);
        if (content == null) {
            say("550 no such file");
            return true;
        }
        if (server.cutAt(Cut.WITHIN_RETR)) {
            say("150 here it comes");
            send(Arrays.copyOf(content, content.length / 2));
            return false;
        }
        return sent(server.transferred(content), "RETR");
    }

    private boolean sent(byte[] content, String command) throws IOException {
        say("150 here it comes");
        String last = send(content);
        if (command.equals("RETR") && server.cutAt(Cut.AFTER_RETR)) {
            return false;
        }
        say(last);
        return true;
    }

    /** What is to be said of it. */
    private String send(byte[] content) throws IOException {
        try (Socket plain = data();
                Socket peer = server.protection().data(plain)) {
            write(content, peer.getOutputStream());
            return "226 that was it";
        } catch (SocketException e) {
            return "426 nobody reads on";
        } catch (SSLException e) {
            return "522 SSL connection failed: " + e.getMessage();
        }
    }

    /** To where the client is, or from there. */
    private Socket data() throws IOException {
        if (active.isEmpty()) {
            try (ServerSocket once = Objects.requireNonNull(passive)) {
                return once.accept();
            }
        }
        String[] numbers = active.split(",");
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]));
    }

    private void write(byte[] content, OutputStream data) throws IOException {
        for (int at = 0; at < content.length; at += PIECE) {
            int length = Math.min(PIECE, content.length - at);
            data.write(content, at, length);
            server.send(length);
        }
    }

    private boolean deleted(String name) throws IOException {
        boolean there = server.files().remove(name) != null;
        if (server.cutAt(Cut.AFTER_DELE)) {
            return false;
        }
        say(there ? "250 gone" : "550 no such file");
        return true;
    }

    private void say(String line) throws IOException {
        control.getOutputStream().write((server.said(line) + "\r\n").getBytes(server.charset()));
    }
}
