package org.mailchute.intakes;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailchute.settings.IntakePlan;
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
    private final Swapped<IntakeKind> kinds = new Swapped<>();
    private final Swapped<FileIntake> ofFiles = new Swapped<>();
    private final Swapped<MessageIntake> ofMessages = new Swapped<>();
    private final Swapped<RequestIntake> ofRequests = new Swapped<>();

    private Intakes(Ground ground) {
        this.ground = ground;
    }

    /** Opens their places and binds their beans; none takes anything yet. */
    public static Intakes open(Ground ground) throws IOException {
        Intakes intakes = new Intakes(ground);
        Map<String, IntakeKind> all = new LinkedHashMap<>();
        for (String name : names(ground.settings())) {
            all.put(name, intakes.made(ground.settings(), name));
        }
        intakes.swap(all);
        intakes.bindSteps();
        return intakes;
    }

    /** The names of all intakes, without opening any. */
    public static Set<String> names(Settings settings) {
        return settings.intakes().stream().map(IntakePlan::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Opens one of these settings; it takes nothing yet, and is none of {@link #all}.
     *
     * @throws IOException when its places cannot be opened
     */
    public IntakeKind made(Settings settings, String name) throws IOException {
        IntakePlan plan = settings.intakes().stream()
                .filter(intake -> intake.name().equals(name))
                .findFirst()
                .orElseThrow();
        return opened(plan, ground.under(settings));
    }

    /** A new kind has its line here. */
    private static IntakeKind opened(IntakePlan plan, Ground own) throws IOException {
        if (plan instanceof IntakePlan.Folder folder) {
            return new FolderKind(folder, own);
        }
        if (plan instanceof IntakePlan.Ftp ftp) {
            return new FtpKind(ftp, own);
        }
        if (plan instanceof IntakePlan.Jms jms) {
            return new JmsKind(jms, own);
        }
        if (plan instanceof IntakePlan.Pickup pickup) {
            return new PickupKind(pickup, own);
        }
        return new SmtpKind((IntakePlan.Smtp) plan, own);
    }

    /** These are all there are, from now on. */
    public void swap(Map<String, IntakeKind> all) {
        kinds.swap(all);
        ofFiles.swap(each(FileIntake.class, all));
        ofMessages.swap(each(MessageIntake.class, all));
        ofRequests.swap(each(RequestIntake.class, all));
    }

    private static <T extends Intake> Map<String, T> each(Class<T> what, Map<String, IntakeKind> kinds) {
        Map<String, T> all = new LinkedHashMap<>();
        kinds.values().stream().filter(what::isInstance).map(what::cast).forEach(kind -> all.put(kind.name(), kind));
        return all;
    }

    private void bindSteps() {
        ground.bind("claim", new Claim(ofFiles, ground.clock(), ground.lead()));
        ground.bind(
                "readRequest",
                new ReadRequest(ofRequests, this::queues, ground.spool(), ground.clock(), ground.lead()));
        ground.bind("readMessage", new ReadMessage(ofMessages, ground.spool(), ground.clock()));
        ground.bind("makeTicket", new MakeTicket(ofFiles, ground.spool(), ground.clock()));
        ground.bind("refuse", new Refuse(kinds, ground.spool(), ground.clock(), ground.lead()));
        ground.bind("repetition", new Repetition(kinds, ground.spool(), ground.clock()));
    }

    private Set<String> queues() {
        return kinds.values().stream().flatMap(IntakeKind::queues).collect(Collectors.toSet());
    }

    /** By name, in the order of the settings; those that came later last. */
    public Map<String, IntakeKind> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    /** As the steps know them. */
    public Map<String, Intake> byName() {
        return Collections.unmodifiableMap(kinds);
    }

    public Collection<IntakeKind> all() {
        return Collections.unmodifiableCollection(kinds.values());
    }

    /** Whether so much of its input was refused and rests in home that there is to be no more. */
    public boolean isOverfull(String intake) {
        IntakeKind kind = kinds.get(intake); // may have left the settings
        return kind == null || kind.room().lacks().isPresent();
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
        kinds.values().forEach(IntakeKind::close);
    }
}
