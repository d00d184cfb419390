package org.mailchute.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An FTP server of old that lists in its own charset, to the minute, drops the control connection where it is told to, and
 * answers what it is told to. Each data connection has a port of its own.
 */
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

    /** What the two kinds of connection become. */
    interface Protection {
        Protection NONE = new Protection() {};

        default Socket control(Socket plain) throws IOException {
            return plain;
        }

        /** @throws IOException for one that the server does not take */
        default Socket data(Socket plain) throws IOException {
            return plain;
        }
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Charset charset;
    private final Protection protection;
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> claims = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile @Nullable Cut cut;
    private volatile int shortBy;
    private volatile boolean terse;
    private volatile BiFunction<String, Integer, String> line =
            (name, size) -> "-rw-r--r--   1 ftp ftp " + size + " Nov 23 12:00 " + name;
    private volatile String listed = "";
    private final AtomicReference<String> listedOnce = new AtomicReference<>("");

    ScriptedFtp(Charset charset) throws IOException {
        this(charset, Protection.NONE);
    }

    ScriptedFtp(Charset charset, Protection protection) throws IOException {
        this.charset = charset;
        this.protection = protection;
        Thread thread = new Thread(this::serve, "scripted-ftp");
        thread.setDaemon(true);
        thread.start();
    }

    Charset charset() {
        return charset;
    }

    Protection protection() {
        return protection;
    }

    /** Told a line; what it says to it, empty when it does what it is told. */
    List<String> tell(String line) {
        if (!line.isEmpty()) {
            commands.add(line);
        }
        return answers.getOrDefault(line, answers.getOrDefault(line.split(" ", 2)[0], List.of()));
    }

    /** What of this content the next transfer brings. */
    byte[] transferred(byte[] content) {
        int early = shortBy;
        shortBy = 0;
        return Arrays.copyOf(content, content.length - early);
    }

    /** One whose names are ASCII. */
    static ScriptedFtp plain() throws IOException {
        return new ScriptedFtp(StandardCharsets.ISO_8859_1);
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

    /** How often it was told this command, which may be the beginning of a line. */
    int told(String command) {
        return Math.toIntExact(
                commands.stream().filter(line -> line.startsWith(command)).count());
    }

    int listings() {
        return told("LIST");
    }

    /** Connections so far. */
    int sessions() {
        return sessions.get();
    }

    void cut(Cut where) {
        cut = where;
    }

    boolean cutDone() {
        return cut == null;
    }

    /**
     * From now on it says this to a command, or to one whole line, and does not do it. The greeting's command is {@code ""}.
     *
     * @param replies one; or for a transfer two, between which everything is sent
     */
    void answer(String command, String... replies) {
        answers.put(command, List.of(replies));
    }

    /** It does again what it is told. */
    void obey(String command) {
        answers.remove(command);
    }

    /** These lines stand before the files in each listing. */
    void list(String lines) {
        listed = lines;
    }

    /** These lines stand before the files in the next listing only. */
    void listOnce(String lines) {
        listedOnce.set(lines);
    }

    /** It lists another size of this file than it has. */
    void claim(String name, int size) {
        claims.put(name, size);
    }

    /** Octets that went out on data connections, into this machine's buffers too. */
    long sent() {
        return sent.get();
    }

    /** So many more. */
    void send(int octets) {
        sent.addAndGet(octets);
    }

    /** The next transfer ends so many bytes early, and claims to be whole. */
    void endEarly(int bytes) {
        shortBy = bytes;
    }

    boolean endedEarly() {
        return shortBy == 0;
    }

    /** It has no files, has heard nothing, and does what it is told. */
    void reset() {
        files.clear();
        claims.clear();
        answers.clear();
        commands.clear();
        listed = "";
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket control = listener.accept()) {
                sessions.incrementAndGet();
                new ScriptedFtpSession(this, control).run();
            } catch (IOException e) {
                // the next one
            }
        }
    }

    boolean cutAt(Cut where) {
        if (cut == where) {
            cut = null;
            return true;
        }
        return false;
    }

    byte[] listing() {
        return lines(listed + listedOnce.getAndSet(""), line);
    }

    /** As MLSD has it (RFC 3659). */
    byte[] facts() {
        return lines(
                listed,
                (name, size) -> "type=file;size=%d;modify=20261123120000;unique=QUI=; %s".formatted(size, name));
    }

    byte[] names() {
        return lines("", (name, size) -> name);
    }

    private byte[] lines(String before, BiFunction<String, Integer, String> form) {
        StringBuilder lines = new StringBuilder(before);
        files.keySet()
                .forEach(name -> lines.append(form.apply(name, size(name))).append("\r\n"));
        return lines.toString().getBytes(charset);
    }

    /** As it claims. */
    int size(String name) {
        byte[] content = files.getOrDefault(name, new byte[0]);
        return claims.getOrDefault(name, content.length);
    }

    /** Each file is listed so from now on, by name and size. */
    void listAs(BiFunction<String, Integer, String> form) {
        line = form;
    }

    /** Its replies are codes without text from now on. */
    void saysNoMoreThanCodes() {
        terse = true;
    }

    /** What it says instead of this line. */
    String said(String line) {
        return terse && !line.startsWith("227") ? line.substring(0, 3) : line;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
