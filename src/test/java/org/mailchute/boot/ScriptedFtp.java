package org.mailchute.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An FTP server of old that lists in its own charset, to the minute, and drops the control connection where it is told to. */
final class ScriptedFtp implements AutoCloseable {
    /** Where the control connection is dropped, once. */
    enum Cut {
        BEFORE_LIST,
        BEFORE_RETR,
        WITHIN_RETR,
        AFTER_RETR,
        BEFORE_DELE,
        AFTER_DELE
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Charset charset;
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger listings = new AtomicInteger();
    private volatile @Nullable Cut cut;
    private volatile int shortBy;

    ScriptedFtp(Charset charset) throws IOException {
        this.charset = charset;
        Thread thread = new Thread(this::serve, "scripted-ftp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    Map<String, byte[]> files() {
        return files;
    }

    List<String> commands() {
        return new ArrayList<>(commands);
    }

    int listings() {
        return listings.get();
    }

    void cut(Cut where) {
        cut = where;
    }

    boolean cutDone() {
        return cut == null;
    }

    /** The next transfer ends so many bytes early, and claims to be whole. */
    void endEarly(int bytes) {
        shortBy = bytes;
    }

    boolean endedEarly() {
        return shortBy == 0;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket control = listener.accept()) {
                session(control);
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private boolean cutAt(Cut where) {
        if (cut == where) {
            cut = null;
            return true;
        }
        return false;
    }

    private void session(Socket control) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(control.getInputStream(), charset));
        OutputStream out = control.getOutputStream();
        ServerSocket data = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        try (data) {
            say(out, "220 at your service");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                if (!answered(line, out, data)) {
                    return;
                }
            }
        }
    }

    private boolean answered(String line, OutputStream out, ServerSocket data) throws IOException {
        String[] words = line.split(" ", 2);
        String argument = words.length > 1 ? words[1].replaceFirst("^/", "") : "";
        switch (words[0]) {
            case "USER" -> say(out, "331 password?");
            case "PASS" -> say(out, "230 welcome");
            case "TYPE", "CWD" -> say(out, "250 fine");
            case "PWD" -> say(out, "257 \"/\"");
            case "NOOP" -> say(out, "200 fine");
            case "SYST" -> say(out, "215 UNIX Type: L8");
            case "PASV" ->
                say(out, "227 (127,0,0,1," + data.getLocalPort() / 256 + "," + data.getLocalPort() % 256 + ")");
            case "LIST" -> {
                listings.incrementAndGet();
                return !cutAt(Cut.BEFORE_LIST) && sent(listing().getBytes(charset), out, data);
            }
            case "RETR" -> {
                return !cutAt(Cut.BEFORE_RETR) && retrieved(argument, out, data);
            }
            case "DELE" -> {
                return !cutAt(Cut.BEFORE_DELE) && deleted(argument, out);
            }
            case "QUIT" -> {
                return false;
            }
            default -> say(out, "502 not here");
        }
        return true;
    }

    private boolean retrieved(String name, OutputStream out, ServerSocket data) throws IOException {
        byte[] content = files.get(name);
        if (content == null) {
            data.accept().close();
            say(out, "550 no such file");
            return true;
        }
        if (cutAt(Cut.WITHIN_RETR)) {
            say(out, "150 here it comes");
            try (Socket peer = data.accept()) {
                peer.getOutputStream().write(content, 0, content.length / 2);
            }
            return false;
        }
        int early = shortBy;
        shortBy = 0;
        return sent(Arrays.copyOf(content, content.length - early), out, data);
    }

    private boolean sent(byte[] content, OutputStream out, ServerSocket data) throws IOException {
        say(out, "150 here it comes");
        try (Socket peer = data.accept()) {
            peer.getOutputStream().write(content);
        }
        if (cut == Cut.AFTER_RETR && commands.get(commands.size() - 1).startsWith("RETR")) {
            cut = null;
            return false;
        }
        say(out, "226 that was it");
        return true;
    }

    private boolean deleted(String name, OutputStream out) throws IOException {
        boolean there = files.remove(name) != null;
        if (cutAt(Cut.AFTER_DELE)) {
            return false;
        }
        say(out, there ? "250 gone" : "550 no such file");
        return true;
    }

    private String listing() {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append("-rw-r--r--   1 ftp ftp ")
                .append(content.length)
                .append(" Nov 23 12:00 ")
                .append(name)
                .append("\r\n"));
        return lines.toString();
    }

    private void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(charset));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
