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

    /** Of whom no end was told yet. */
    Set<String> open(Books told) {
        Set<String> open = new HashSet<>(ofRecipient.keySet());
        open.removeAll(told.ended());
        return open;
    }

    /** @param rejected the places where refused input rests */
    Map<End, Integer> close(List<Received> received, Books told, Path rejected) throws Exception {
        read(received);
        ofRecipient.keySet().forEach(recipient -> close(recipient, told));
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

    private void close(String recipient, Books told) {
        Input input = Objects.requireNonNull(ofRecipient.get(recipient));
        List<Copy> got = copies.getOrDefault(recipient, List.of());
        got.stream()
                .filter(copy -> !copy.pages().equals(input.digests()))
                .forEach(copy -> faults.add("%s got %s under %s, which is something else than was given by %s"
                        .formatted(recipient, whose(copy.pages()), copy.messageId(), input.way())));
        accountFor(recipient, input, got, told);
        if (told.dead().containsKey(recipient)) {
            ended(End.DEAD);
        } else if (got.isEmpty()) {
            faults.add(recipient + " got nothing: LOST, given by " + input.way());
        } else {
            ended(got.size() == 1 ? End.ONCE : End.REPEATED);
        }
    }

    private List<String> whose(List<String> pages) {
        Map<String, String> names = new HashMap<>();
        inputs.values()
                .forEach(input -> input.digests()
                        .forEach(page -> names.put(
                                page, "page " + (input.digests().indexOf(page) + 1) + " of " + input.name())));
        return pages.stream()
                .map(page -> names.getOrDefault(page, "a page that nobody gave"))
                .toList();
    }

    private void ended(End how) {
        ends.merge(how, 1, Integer::sum);
    }

    /**
     * The gateway has told of each copy: that it was accepted, or that nobody heard the reply; then it was the last thing its
     * session carried. Other Message-IDs come of a device that was not answered.
     */
    private void accountFor(String recipient, Input input, List<Copy> got, Books told) {
        Map<String, List<Copy>> byId =
                got.stream().collect(Collectors.groupingBy(Copy::messageId, LinkedHashMap::new, Collectors.toList()));
        int unanswered = input.way() == Input.Way.DROP ? givenInVain.getOrDefault(input.name(), 0) : 0;
        if (byId.size() > 1 + unanswered) {
            faults.add(recipient + " got it under " + byId.keySet() + ", given again " + unanswered + " times");
        }
        byId.forEach((id, same) -> {
            int heard = told.accepted(id, recipient) ? 1 : 0;
            int unheard = told.uncertain(id, recipient);
            boolean cut = same.subList(0, same.size() - heard).stream().allMatch(Copy::last);
            if (same.size() > heard + unheard || !cut) {
                faults.add("%s got %s %d times, with %d accepted and %d uncertain on record%s"
                        .formatted(recipient, id, same.size(), heard, unheard, cut ? "" : ", and its session went on"));
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
            if (input.recipients().isEmpty() && kept.containsAll(input.digests())) {
                ended(End.REJECTED);
            } else if (input.recipients().isEmpty()) {
                faults.add(input.name() + " is refused, and rests nowhere with a reason");
            }
        }
    }
}
