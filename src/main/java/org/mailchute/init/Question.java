package org.mailchute.init;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mailchute.envelope.MailAddress;

/** What has to be known. The first seven are asked; the others have an answer that mostly fits, and are taken where they are given. */
public enum Question {
    FROM(
            "Address that mail is sent from: a mailbox of your tenant",
            "a mail address such as scanner@contoso.com",
            MailAddress::parse,
            given -> ""),
    NAME(
            "Full host name of this machine",
            "a name such as gateway.contoso.com",
            AnswerWords::hostName,
            given -> "gateway." + domain(given)),
    INTAKES(
            "How mail comes to it: folder, ftp, smtp, queue, pickup",
            "one or more of folder, ftp, smtp, queue, pickup, with commas between",
            text -> AnswerWords.some(text, WayIn::of),
            given -> "folder"),
    TO(
            "Who gets the scans",
            "one or more mail addresses with commas between",
            text -> AnswerWords.some(text, MailAddress::parse),
            given -> ""),
    REACH(
            "Who may get mail: inside (your organisation only) or anybody",
            "inside or anybody",
            text -> AnswerWords.oneOf(text, "inside", "anybody"),
            given -> "anybody"),
    RECIPIENTS(
            "Recipients on a busy day, about", "a whole number up to 999999999", AnswerWords::number, given -> "1000"),
    KNOWN_BY(
            "What Microsoft may know it by: a public IPv4 address that stays, the name in a certificate of yours, or none",
            "an IPv4 address, a host name, or none",
            AnswerWords::knownBy,
            given -> "none"),
    TENANT(
            "The tenant: its id, or a domain of it",
            "a domain such as contoso.com, or an id",
            AnswerWords::tenant,
            Question::domain),
    CLIENT_ID(
            "The application's id, where it is there already",
            "an id such as 11111111-2222-3333-4444-555555555555",
            AnswerWords::id,
            given -> AnswerWords.NO_ID),
    SEND_AS(
            "Further addresses that mail is sent as",
            "mail addresses with commas between, or none",
            text -> AnswerWords.any(text, MailAddress::parse),
            given -> "none"),
    HOME("Where everything rests", "a path", AnswerWords::path, given -> "/var/lib/mailchute"),
    FOLDER("The watched folder", "a path", AnswerWords::path, given -> "/srv/scans"),
    CLOUD(
            "Microsoft's cloud: worldwide, gcc-high, dod, china; found out by the MX host",
            "worldwide, gcc-high, dod, china, or auto",
            AnswerWords::cloud,
            given -> "auto"),
    LANES(
            "Other lanes than those proposed: submission, graph, hve, acs, relay, direct-send, in the order they are asked",
            "some of submission, graph, hve, acs, relay, direct-send, with commas between, or auto",
            text -> AnswerWords.any(text, Way::of),
            given -> "auto");

    private final String words;
    private final String expected;
    private final Consumer<String> parse;
    private final Function<Map<Question, String>, String> usual;

    Question(String words, String expected, Consumer<String> parse, Function<Map<Question, String>, String> usual) {
        this.words = words;
        this.expected = expected;
        this.parse = parse;
        this.usual = usual;
    }

    private static String domain(Map<Question, String> given) {
        return MailAddress.parse(given.getOrDefault(FROM, "")).domain();
    }

    /** As flags and files of answers name it: {@code known-by}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By its key. */
    public static Optional<Question> of(String key) {
        return Arrays.stream(values())
                .filter(question -> question.key().equals(key))
                .findFirst();
    }

    public String words() {
        return words;
    }

    /** What is an answer. */
    public String expected() {
        return expected;
    }

    public boolean takes(String text) {
        try {
            parse.accept(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether somebody who is there is asked. */
    boolean asked() {
        return compareTo(TENANT) < 0;
    }

    /** Whether it matters, after these answers to those before it. */
    boolean matters(Map<Question, String> given) {
        return this != TO
                || AnswerWords.some(given.getOrDefault(INTAKES, "folder"), WayIn::of).stream()
                        .anyMatch(WayIn::fixedRecipients);
    }

    /** The first that somebody has to answer and has not. */
    public static Optional<Question> missing(Map<Question, String> given) {
        return Arrays.stream(values())
                .filter(question -> question.asked() && question.matters(given) && !given.containsKey(question))
                .filter(question -> question.usual(given).isEmpty())
                .findFirst();
    }

    /** The answer where none is given, after these to those before it; empty where there is none. */
    String usual(Map<Question, String> given) {
        return usual.apply(given);
    }
}
