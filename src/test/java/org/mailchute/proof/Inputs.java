package org.mailchute.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.mailchute.proof.Input.Way;

/** Makes inputs, the ways in by turns; who gets them, how long they are and what goes wrong with them is chance. */
final class Inputs {
    /** Lanes, by the domains their rule is for. */
    private static final List<String> DOMAINS = List.of("contoso.example", "partner.example", "fabrikam.example");

    private final Random chance;
    private final List<String> domains;
    private int made;

    Inputs(Random chance) {
        this(chance, DOMAINS);
    }

    private Inputs(Random chance, List<String> domains) {
        this.chance = chance;
        this.domains = domains;
    }

    /** One recipient of twelve is for the lane of the mailbox, whose limits would make hours of thousands. */
    static Inputs fewOfTheMailbox(Random chance) {
        return new Inputs(
                chance,
                Stream.concat(
                                Stream.generate(() -> DOMAINS.subList(0, 2))
                                        .limit(5)
                                        .flatMap(List::stream),
                                DOMAINS.stream().skip(1))
                        .toList());
    }

    Input next() {
        Way way = Way.values()[made % Way.values().length];
        String name = "i%05d".formatted(made++);
        return new Input(name, way, recipients(name, way), pages(way));
    }

    private List<String> recipients(String name, Way way) {
        if (way == Way.FOLDER && chance.nextInt(25) == 0) {
            return List.of(); // a name that tells of nobody is refused
        }
        boolean byName = way == Way.FOLDER || way == Way.DROP || way == Way.FTP;
        int count = byName ? 1 : 1 + chance.nextInt(4);
        List<String> recipients = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            recipients.add(
                    byName
                            ? name + "@contoso.example"
                            : recipient(name, number, domains.get(chance.nextInt(domains.size()))));
        }
        return recipients;
    }

    private String recipient(String name, int number, String domain) {
        boolean faulty = !domain.equals("contoso.example") && chance.nextInt(12) == 0;
        if (!faulty) {
            return name + "-" + number + "@" + domain;
        }
        return List.of("leaver", "busy", "lost").get(chance.nextInt(3)) + "@" + name + "-" + number + "." + domain;
    }

    private List<String> pages(Way way) {
        List<String> pages = new ArrayList<>();
        for (int page = 0; page < (way == Way.SETS ? 2 : 1); page++) {
            pages.add(text(10 + chance.nextInt(60)));
        }
        return pages;
    }

    private String text(int lines) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            text.append(Long.toHexString(chance.nextLong()))
                    .append(Long.toHexString(chance.nextLong()))
                    .append("\r\n");
        }
        return text.toString();
    }
}
