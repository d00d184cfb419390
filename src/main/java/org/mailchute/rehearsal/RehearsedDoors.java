package org.mailchute.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.credentials.SecretText;
import org.mailchute.door.Tls;
import org.mailchute.drop.DropDevice;
import org.mailchute.drop.DropPlan;
import org.mailchute.listener.DeviceLogin;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.listener.Network;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.PlaceSettings;
import org.mailchute.settings.Settings;

/**
 * The ports for devices and applications, opened to this machine alone: without TLS, so that no certificate is needed, and with one
 * password for everybody, so that no secret is.
 */
record RehearsedDoors(Settings real, Path home) {
    private static final String HERE = "127.0.0.1";
    private static final SecretText SECRET = new SecretText(RehearsalScenario.PASSWORD);

    Settings.Drop drop() {
        DropPlan plan = real.drop().plan();
        return new Settings.Drop(
                new DropPlan(
                        HERE,
                        port(plan.port()),
                        Optional.empty(),
                        Tls.NONE,
                        Optional.empty(),
                        "0",
                        Optional.empty(),
                        plan.active(),
                        plan.idle(),
                        plan.sessionAge(),
                        plan.maxLogins(),
                        plan.loginDelay(),
                        plan.charset()),
                real.drop().devices().stream().map(this::device).toList());
    }

    private DropDevice device(DropDevice device) {
        return new DropDevice(
                device.name(),
                device.user(),
                SECRET,
                folder(device.name()),
                device.subfolders(),
                device.charset(),
                device.waiting());
    }

    private Path folder(String device) {
        return home.resolve("drop").resolve(device);
    }

    /** The intake of such a device: its folder is the rehearsal's own, so its files are taken as they are in earnest. */
    IntakePlan.Folder saved(IntakePlan.Folder intake, Path rejected) {
        return new IntakePlan.Folder(
                intake.kind(),
                intake.name(),
                folder(intake.name()),
                rejected,
                intake.subfolders(),
                intake.poll(),
                intake.stableFor(),
                PlaceSettings.NONE,
                intake.rule());
    }

    IntakePlan.Smtp smtp(IntakePlan.Smtp intake) {
        return new IntakePlan.Smtp(listener(intake.plan()), intake.learning(), intake.recipients(), intake.rule());
    }

    private static ListenerPlan listener(ListenerPlan plan) {
        return new ListenerPlan(
                plan.name(),
                HERE,
                port(plan.port()),
                Optional.empty(),
                Tls.NONE,
                Optional.empty(),
                List.of(Network.parse("127.0.0.0/8")),
                plan.logins().stream()
                        .map(login -> new DeviceLogin(login.user(), SECRET))
                        .toList(),
                true,
                plan.nullSender(),
                plan.maxMessageBytes(),
                plan.maxRecipients(),
                plan.maxConnections(),
                plan.maxPerAddress(),
                plan.idle(),
                plan.sessionAge(),
                plan.loginDelay(),
                plan.charset());
    }

    BrokerPlan broker() {
        return BrokerPlan.embedded(real.broker().accept().map(RehearsedDoors::acceptor));
    }

    private static Acceptor acceptor(Acceptor acceptor) {
        return new Acceptor(
                HERE,
                port(acceptor.port()),
                acceptor.protocols(),
                Optional.empty(),
                acceptor.maxMessageBytes(),
                acceptor.users().stream()
                        .map(user -> new Acceptor.User(user.name(), SECRET, user.maySend(), user.mayRead()))
                        .toList());
    }

    /** The one of the settings; any free one where the real gateway has it, or who rehearses may not open it. */
    private static int port(int wanted) {
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getByName(HERE))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            if (wanted == 0) {
                throw new UncheckedIOException(e);
            }
            return port(0);
        }
    }

    /** Where devices and applications find these, and as whom. */
    static Stream<String> found(Settings rehearsed) {
        int drop = rehearsed.drop().plan().port();
        return Stream.of(
                        rehearsed.drop().devices().stream()
                                .map(device -> "drop intake " + device.name() + ": ftp://" + device.user() + "@" + HERE
                                        + ":" + drop),
                        rehearsed.smtp().stream()
                                .map(intake -> "smtp intake " + intake.name() + ": smtp://" + HERE + ":"
                                        + intake.plan().port()
                                        + as(intake.plan().logins().stream().map(DeviceLogin::user))),
                        rehearsed.broker().accept().stream()
                                .map(accept -> "broker.accept: amqp://" + HERE + ":" + accept.port()
                                        + as(accept.users().stream().map(Acceptor.User::name))))
                .flatMap(lines -> lines);
    }

    private static String as(Stream<String> users) {
        String all = users.collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : ", as " + all;
    }
}
