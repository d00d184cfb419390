package org.mailchute.intakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.settings.Settings;
import org.mailchute.steps.Claim;
import org.mailchute.steps.FileIntake;
import org.mailchute.steps.Intake;
import org.mailchute.steps.MakeTicket;
import org.mailchute.steps.MessageIntake;
import org.mailchute.steps.ReadMessage;
import org.mailchute.steps.ReadRequest;
import org.mailchute.steps.Refuse;
import org.mailchute.steps.Repetition;
import org.mailchute.steps.RequestIntake;
import org.mailchute.trace.DeliveryEvent;

/** All intakes of the settings, and the steps that ask them. */
public final class Intakes implements AutoCloseable {
    private final Ground ground;
    private final Map<String, IntakeKind> kinds = new LinkedHashMap<>();

    private Intakes(Ground ground) {
        this.ground = ground;
    }

    /** Opens their places and binds their beans; none takes anything yet. */
    public static Intakes open(Ground ground) throws IOException {
        Intakes intakes = new Intakes(ground);
        for (IntakeKind kind : kinds(ground.settings(), ground)) {
            intakes.kinds.put(kind.name(), kind);
        }
        intakes.bindSteps();
        return intakes;
    }

    /** A new kind has its line here, and in {@link #names}. */
    private static List<IntakeKind> kinds(Settings settings, Ground ground) throws IOException {
        List<IntakeKind> kinds = new ArrayList<>();
        for (Settings.FolderIntake folder : settings.folders()) {
            kinds.add(new FolderKind(folder, ground));
        }
        for (Settings.FtpIntake ftp : settings.ftp()) {
            kinds.add(new FtpKind(ftp, ground));
        }
        for (Settings.JmsIntake jms : settings.jms()) {
            kinds.add(new JmsKind(jms, ground));
        }
        for (Settings.PickupIntake pickup : settings.pickup()) {
            kinds.add(new PickupKind(pickup, ground));
        }
        for (Settings.SmtpIntake smtp : settings.smtp()) {
            kinds.add(new SmtpKind(smtp, ground));
        }
        return kinds;
    }

    /** The names of all intakes, without opening any. */
    public static Stream<String> names(Settings settings) {
        return Stream.of(
                        settings.folders().stream().map(Settings.FolderIntake::name),
                        settings.ftp().stream().map(Settings.FtpIntake::name),
                        settings.jms().stream().map(Settings.JmsIntake::name),
                        settings.pickup().stream().map(Settings.PickupIntake::name),
                        settings.smtp().stream().map(Settings.SmtpIntake::name))
                .flatMap(Function.identity());
    }

    private void bindSteps() {
        ground.bind("claim", new Claim(each(FileIntake.class), ground.clock()));
        ground.bind(
                "readRequest", new ReadRequest(each(RequestIntake.class), queues(), ground.spool(), ground.clock()));
        ground.bind("readMessage", new ReadMessage(each(MessageIntake.class), ground.spool(), ground.clock()));
        ground.bind("ticket", new MakeTicket(each(FileIntake.class), ground.spool(), ground.clock()));
        ground.bind("refuse", new Refuse(kinds, ground.spool(), ground.clock()));
        ground.bind("repeated", new Repetition(kinds, ground.spool(), ground.clock()));
    }

    private Set<String> queues() {
        return ground.settings().jms().stream().map(Settings.JmsIntake::queue).collect(Collectors.toSet());
    }

    private <T extends Intake> Map<String, T> each(Class<T> what) {
        Map<String, T> all = new LinkedHashMap<>();
        kinds.values().stream().filter(what::isInstance).map(what::cast).forEach(kind -> all.put(kind.name(), kind));
        return all;
    }

    /** By name, in the order of the settings. */
    public Map<String, Intake> byName() {
        return Collections.unmodifiableMap(kinds);
    }

    public Collection<IntakeKind> all() {
        return Collections.unmodifiableCollection(kinds.values());
    }

    /** Whether so much of its input was refused and rests in home that there is to be no more. */
    public boolean isOverfull(String intake) {
        return Objects.requireNonNull(kinds.get(intake)).room().lacks().isPresent();
    }

    /** Tells the intake of a message that the broker has it for good. */
    public void committed(DeliveryEvent event) {
        if (event.kind() != DeliveryEvent.Kind.RECEIVED) {
            return;
        }
        String source = event.source();
        IntakeKind kind = kinds.get(source.substring(source.indexOf(':') + 1)); // may have left the settings
        if (kind != null && kind.label().equals(source)) {
            kind.committed(event.queueId());
        }
    }

    @Override
    public void close() {
        ground.close();
    }
}
