package org.mailchute.drop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.testing.Patience;

/** FTP by hand: what no decent client would say. */
final class Dialogue {
    private static final Pattern PASV = Pattern.compile("227 .*\\((?:\\d+,){4}(\\d+),(\\d+)\\).*");

    private final Socket control;
    private final BufferedReader in;
    private String last;

    Dialogue(Socket control) throws IOException {
        this.control = control;
        control.setSoTimeout(Patience.MILLIS);
        in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        last = reply();
    }

    Dialogue say(String command) throws IOException {
        send(command);
        last = reply();
        return this;
    }

    void send(String command) throws IOException {
        control.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    String reply() throws IOException {
        String line = Objects.requireNonNull(in.readLine(), "the session ended");
        while (line.matches("\\d{3}-.*")) {
            line = Objects.requireNonNull(in.readLine(), "the session ended");
        }
        return line;
    }

    String last() {
        return last;
    }

    int passive() throws IOException {
        say("PASV");
        Matcher port = PASV.matcher(last);
        if (!port.matches()) {
            throw new IOException(last);
        }
        return Integer.parseInt(port.group(1)) * 256 + Integer.parseInt(port.group(2));
    }
}
