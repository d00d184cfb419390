package org.mailchute.gateway;

import java.util.ArrayList;
import java.util.List;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Places;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Settings;

/** What must be there at the broker before anything starts. */
final class QueueNames {
    private QueueNames() {}

    /** Of Mailchute itself and of the settings. */
    static List<String> queues(Settings settings) {
        List<String> names = new ArrayList<>(List.of(Queues.EVENTS, Queues.DEAD_LETTERS, Queues.UNDELIVERABLE));
        names.add(Places.DEFERRED);
        if (settings.trace().isOn()) {
            names.add(Queues.TRACE);
        }
        if (settings.notices().isOn()) {
            names.addAll(List.of(Queues.NOTICES, Queues.WEBHOOK));
        }
        settings.lanes().forEach(lane -> {
            names.add(Queues.lane(lane.nextHop().option().label(), lane.name()));
            names.add(Places.lane(lane.name()));
            names.add(Places.packed(lane.name()));
        });
        settings.intakes().stream().flatMap(IntakePlan::queues).forEach(names::add);
        settings.broker().accept().stream().flatMap(Acceptor::answers).forEach(names::add);
        names.addAll(answers(settings, "queue:"));
        names.removeAll(topics(settings));
        return names;
    }

    /** Topics for answers; subscribers must find them. */
    static List<String> topics(Settings settings) {
        return answers(settings, "topic:");
    }

    private static List<String> answers(Settings settings, String kind) {
        return settings.jms().stream()
                .flatMap(intake -> intake.requests().answers().stream())
                .filter(place -> place.startsWith(kind))
                .map(place -> place.substring(kind.length()))
                .toList();
    }
}
