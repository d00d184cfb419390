package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;

/**
 * Keeps the books of a trial: what was given, what the next hop has, what the gateway told. At the end each recipient of each
 * input has an end, and the books agree.
 */
final class Accountant {
    /** What became of a recipient, or of an input that has none. */
    enum End {
        ONCE,
        /** More often, and it is on record why. */
        REPEATED,
        DEAD,
        REJECTED
    }

    private final Map<String, Input> inputs = new ConcurrentHashMap<>();
    private final Map<String, Input> ofRecipient = new ConcurrentHashMap<>();
    private final Map<String, Integer> givenInVain = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> uncertain = new HashMap<>();
    private final Map<String, String> dead = new HashMap<>();
    private final Map<String, List<Copy>> copies = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<End, Integer> ends = new TreeMap<>();

    void expects(Input input) {
        inputs.put(input.name(), input);
        input.recipients().forEach(recipient -> ofRecipient.put(recipient, input));
    }

    /** Its giver did not hear that it was taken, and gives it again. */
    void givenInVain(Input input) {
        givenInVain.merge(input.name(), 1, Integer::sum);
    }

    int inputs() {
        return inputs.size();
    }

    /** All who must hear of it. */
    Set<String> recipients() {
        return Set.copyOf(ofRecipient.keySet());
    }

    /** Whom nothing has reached, and of whom no dead letter tells. */
    Set<String> open(List<Received> received, Books told) {
        Set<String> open = new HashSet<>(ofRecipient.keySet());
        received.forEach(mail -> mail.recipients().forEach(open::remove));
        open.removeAll(told.dead().keySet());
        return open;
    }

    /** @param rejected the places where refused input rests */
    Map<End, Integer> close(List<Received> received, Books told, Path rejected) throws Exception {
        uncertain.putAll(told.uncertain());
        dead.putAll(told.dead());
        read(received);
        ofRecipient.keySet().forEach(this::close);
        refused(rejected);
        return ends;
    }

    /** How many copies the next hop has beyond the first of each recipient. */
    int surplus() {
        return copies.values().stream().mapToInt(got -> got.size() - 1).sum();
    }

    /** What does not agree; empty when all is as promised. */
    List<String> faults() {
        return faults;
    }

    private void read(List<Received> received) throws Exception {
        Map<Integer, Received> last =
                received.stream().collect(Collectors.toMap(Received::session, mail -> mail, (one, two) -> two));
        for (Received mail : received) {
            Copy copy = Copy.read(mail, Objects.equals(last.get(mail.session()), mail));
            copy.recipients()
                    .forEach(recipient -> copies.computeIfAbsent(recipient, one -> new ArrayList<>())
                            .add(copy));
        }
        copies.keySet().stream()
                .filter(recipient -> !ofRecipient.containsKey(recipient))
                .forEach(stranger -> faults.add(stranger + " got what nobody gave"));
    }

    private void close(String recipient) {
        Input input = Objects.requireNonNull(ofRecipient.get(recipient));
        List<Copy> got = copies.getOrDefault(recipient, List.of());
        if (got.stream().anyMatch(copy -> !copy.digest().equals(input.digest()))) {
            faults.add(recipient + " got something else than was given by " + input.way());
        }
        if (got.size() > 1) {
            accountFor(recipient, input, got);
        }
        if (dead.containsKey(recipient)) {
            ended(End.DEAD);
        } else if (got.isEmpty()) {
            faults.add(recipient + " got nothing: LOST, given by " + input.way());
        } else {
            ended(got.size() == 1 ? End.ONCE : End.REPEATED);
        }
    }

    private void ended(End how) {
        ends.merge(how, 1, Integer::sum);
    }

    /**
     * Each copy but the last of one Message-ID was the last thing its session carried, and the gateway has told of as many
     * uncertain moments. Other Message-IDs come of a device that was not answered.
     */
    private void accountFor(String recipient, Input input, List<Copy> got) {
        Map<String, List<Copy>> byId =
                got.stream().collect(Collectors.groupingBy(Copy::messageId, LinkedHashMap::new, Collectors.toList()));
        int unanswered = input.way() == Input.Way.DROP ? givenInVain.getOrDefault(input.name(), 0) : 0;
        if (byId.size() > 1 + unanswered) {
            faults.add(recipient + " got it under " + byId.keySet() + ", given again " + unanswered + " times");
        }
        byId.forEach((id, same) -> {
            int moments = uncertain.getOrDefault(id + " " + recipient, Set.of()).size();
            boolean cut = same.subList(0, same.size() - 1).stream().allMatch(Copy::last);
            if (same.size() - 1 > moments || !cut) {
                faults.add("%s got %s %d times with %d uncertain moments on record%s"
                        .formatted(recipient, id, same.size(), moments, cut ? "" : ", and its session went on"));
            }
        });
    }

    private void refused(Path place) throws IOException {
        Set<String> kept = new HashSet<>();
        for (Path file : FilesIn.folder(place)) {
            if (Files.exists(file.resolveSibling(file.getFileName() + ".reason.txt"))) {
                kept.add(Input.digest(Files.readAllBytes(file)));
            }
        }
        for (Input input : inputs.values()) {
            if (input.recipients().isEmpty() && kept.contains(input.digest())) {
                ended(End.REJECTED);
            } else if (input.recipients().isEmpty()) {
                faults.add(input.name() + " is refused, and rests nowhere with a reason");
            }
        }
    }
}
