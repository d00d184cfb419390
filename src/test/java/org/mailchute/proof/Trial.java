package org.mailchute.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.mailchute.it.RunningJar;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;

/** One home, killed and started again and again while inputs come, until all is accounted for. */
final class Trial implements AutoCloseable {
    /** Looks, a tenth of a second apart. */
    private static final int QUIET = 25;
    /** All logs are read for it. */
    private static final Duration LOOK_AT_BOOKS = Duration.ofMillis(500);

    private final Premises premises;
    private final Accountant accountant = new Accountant();
    private final Inputs inputs;
    private final Givers givers;
    private final List<Path> logs = new ArrayList<>();
    private final AtomicInteger dots = new AtomicInteger();
    private final Map<Mark, Integer> reached = new EnumMap<>(Mark.class);
    private int kills;
    private final List<RunningJar> running = new ArrayList<>();
    private volatile Consumer<Received> atDot = mail -> {};

    Trial(Path root, Inputs inputs, int troubles) throws Exception {
        this(new Premises(root, troubles, Surroundings.none(root)), inputs);
    }

    Trial(Premises premises, Inputs inputs) {
        this.premises = premises;
        this.inputs = inputs;
        this.givers = new Givers(premises, accountant);
        premises.microsoft365().onReceived(mail -> {
            dots.incrementAndGet();
            atDot.accept(mail);
        });
    }

    /** So many more inputs come from now on, also while nothing runs. */
    void give(int count) {
        for (int number = 0; number < count; number++) {
            givers.give(inputs.next());
        }
    }

    /** Messages that the next hop has got. */
    int dots() {
        return dots.get();
    }

    int kills() {
        return kills;
    }

    /** How often it was killed at each point. */
    Map<Mark, Integer> reached() {
        return reached;
    }

    Accountant accountant() {
        return accountant;
    }

    Books books() throws IOException {
        return Books.read(logs);
    }

    /** Runs and is killed when this is so; it may not be up yet. */
    void killedWhen(BooleanSupplier point) throws Exception {
        killedWhen(start(), point);
    }

    void killedWhen(RunningJar gateway, BooleanSupplier point) throws Exception {
        Awaitility.await("the time to kill it").until(() -> point.getAsBoolean() || !gateway.isAlive());
        kill(gateway);
    }

    /** Likewise, or when it has no more to send. */
    void killedWhenOrIdle(BooleanSupplier point) throws Exception {
        RunningJar gateway = start();
        BooleanSupplier idle = idle(gateway);
        killedWhen(gateway, () -> point.getAsBoolean() || idle.getAsBoolean());
    }

    /** Runs and is killed when a message is with the next hop, and before that says so; so often again before. */
    void killedAtTheDot(int times) throws Exception {
        RunningJar gateway = start();
        AtomicInteger left = new AtomicInteger(times);
        atDot = mail -> {
            if (left.decrementAndGet() == 0) {
                gateway.strike();
            }
        };
        BooleanSupplier idle = idle(gateway);
        Awaitility.await("it is killed, or has no more to send").until(() -> left.get() <= 0 || idle.getAsBoolean());
        atDot = mail -> {};
        kill(gateway);
    }

    /**
     * Runs and is killed at a marked point, or when it is idle and does not come there.
     *
     * @return whether it came there
     */
    boolean killedAt(Mark mark, int times) throws Exception {
        try (Watch watch = new Watch(mark, times)) {
            RunningJar gateway =
                    started(RunningJar.watched(premises.root(), watch.option(), "256m", premises.settings(0)));
            watch.begin();
            if (mark.needsReplay()) {
                gateway.awaitUp();
                replay();
            }
            BooleanSupplier idle = idle(gateway);
            Awaitility.await("it is at " + mark)
                    .until(() -> watch.reached() || !gateway.isAlive() || idle.getAsBoolean());
            boolean came = watch.reached();
            kill(gateway);
            if (came) {
                reached.merge(mark, 1, Integer::sum);
            }
            return came;
        }
    }

    /** Killed at the marked point while the next hop has a message over this lane, and has not said so; no other is answered before. */
    boolean killedAtWhile(Mark mark, int times, String option) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        atDot = mail -> {
            if (mail.option().equals(option)) {
                held.countDown();
                await(killed);
            } else {
                await(held);
            }
        };
        try {
            return killedAt(mark, times);
        } finally {
            atDot = mail -> {};
            held.countDown();
            killed.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A dead letter is sent again; nobody waits for the answer, which may not come. */
    private void replay() throws Exception {
        for (String id : deadLetters().stream().limit(1).toList()) {
            HttpClient.newHttpClient()
                    .sendAsync(desk("/dead/replay?id=" + id, "POST"), HttpResponse.BodyHandlers.discarding());
        }
    }

    private HttpRequest desk(String path, String method) throws IOException {
        Path home = premises.folder("home");
        return HttpRequest.newBuilder(
                        URI.create("http://" + Files.readString(home.resolve("management.address")) + path))
                .header("Authorization", "Bearer " + Files.readString(home.resolve("management.token")))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    /** Whether nothing has come to the next hop for {@link #QUIET} looks at it; it decides nothing but when a run ends. */
    BooleanSupplier idle(RunningJar gateway) {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger before = new AtomicInteger(-1);
        return () -> {
            boolean quiet = before.getAndSet(dots.get()) == dots.get() && gateway.isUp();
            return (quiet ? looks.incrementAndGet() : looks.updateAndGet(any -> 0)) >= QUIET;
        };
    }

    /**
     * Runs to the end: all was given, all has an end, and nothing rests but dead letters.
     *
     * @return what the last run printed
     */
    String finish() throws Exception {
        return finish(start());
    }

    /** @param gateway started already */
    String finish(RunningJar gateway) throws Exception {
        gateway.awaitUp();
        givers.finish();
        for (int open = open(); open > 0; open = open()) {
            int before = open; // a mailbox at its limit has many minutes' work
            Awaitility.await("one more of the recipients has an end")
                    .pollInterval(LOOK_AT_BOOKS)
                    .until(() -> open() < before);
        }
        Awaitility.await("nothing rests but dead letters").until(() -> {
            for (String place : List.of("home/incoming", "home/drop", "sets", "folder", "polled", "pickup")) {
                if (!FilesIn.folder(premises.folder(place)).isEmpty()) {
                    return false;
                }
            }
            Set<String> dead = deadLetters();
            return premises.around().isSwept()
                    ? inSpool().equals(dead)
                    : inSpool().containsAll(dead);
        });
        if (gateway.terminate() != 143) {
            throw new AssertionError(gateway.output());
        }
        return gateway.output();
    }

    private int open() throws IOException {
        return accountant.open(books()).size();
    }

    private Set<String> inSpool() throws IOException {
        return FilesIn.folder(premises.folder("home/messages")).stream()
                .map(file -> file.getFileName().toString().substring(0, 16))
                .collect(Collectors.toSet());
    }

    private Set<String> deadLetters() throws Exception {
        String letters = HttpClient.newHttpClient()
                .send(desk("/dead", "GET"), HttpResponse.BodyHandlers.ofString())
                .body();
        return Pattern.compile("\"queueId\":\"([0-9A-Z]{16})\"")
                .matcher(letters)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Closes the books. @return what there is to say of them, in a line */
    String balance() throws Exception {
        Map<Accountant.End, Integer> ends = accountant.close(received(), books(), premises.folder("rejected"));
        return "%d inputs, %d recipients, %d kills: %s; %d copies more than recipients reached, %d outcomes heard before a kill; killed at %s"
                .formatted(
                        accountant.inputs(),
                        accountant.recipients().size(),
                        kills,
                        ends,
                        accountant.surplus(),
                        books().heard().size(),
                        reached);
    }

    List<Received> received() {
        return premises.microsoft365().received();
    }

    RunningJar start() throws IOException {
        return start(0);
    }

    /** @param place of {@link Premises#settings} */
    RunningJar start(int place) throws IOException {
        return started(RunningJar.gateway(premises.root(), "256m", premises.settings(place)));
    }

    private RunningJar started(RunningJar gateway) {
        running.add(gateway);
        logs.add(gateway.log());
        return gateway;
    }

    void kill(RunningJar gateway) throws InterruptedException {
        gateway.kill();
        kills++;
    }

    /** SIGSTOP and SIGCONT: others go on meanwhile. */
    void stopsAndGoesOn(RunningJar gateway, BooleanSupplier until) throws Exception {
        gateway.signal("STOP");
        try {
            Awaitility.await("others go on").until(until::getAsBoolean);
        } finally {
            gateway.signal("CONT");
        }
    }

    @Override
    public void close() throws Exception {
        for (RunningJar gateway : running) {
            gateway.kill(); // where the trial broke off
        }
        givers.close();
        premises.close();
    }
}
