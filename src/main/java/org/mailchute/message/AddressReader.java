package org.mailchute.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailchute.message.AddressField.Entry;
import org.mailchute.message.AddressField.Group;
import org.mailchute.message.AddressField.Mailbox;
import org.mailchute.message.AddressTokens.Kind;
import org.mailchute.message.AddressTokens.Token;

/**
 * Reads an address field as people, devices and applications write it: what stands before an angle address and has none of
 * its own is that address' display name, with the commas, at signs and brackets in it.
 */
final class AddressReader {
    /** Looser than what can be mailed to; {@link org.mailchute.envelope.MailAddress} decides that. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([^\\s\"(),:;<>@\\[\\]\\\\]++|\"[^\"]*+\")@([^\\s\"(),:;<>@\\[\\]\\\\]++|\\[[^\\s\\[\\]]*+])");
    /** RFC 5322 section 3.2.3, and the dots of section 4.1; encoded words are such too, as RFC 2047 section 5 has them. */
    private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+");
    /** RFC 5322 section 4.4. */
    private static final Pattern ROUTE = Pattern.compile("^@[^:]*:");

    private final String field;
    private final String line;
    private final List<Token> tokens;
    private final boolean groups;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Mailbox> members = new ArrayList<>();
    /** Pieces without an address; the next one's name begins with them. */
    private final List<Token> pending = new ArrayList<>();

    private final List<Token> piece = new ArrayList<>();
    private String group = "";
    private boolean proper = true;
    private boolean afterGroup;

    /** @param groups a colon may name a group (else it is a character of names) */
    AddressReader(String field, String line, boolean groups) {
        this.field = field;
        this.line = line;
        this.tokens = AddressTokens.of(line);
        this.groups = groups && tokens.stream().anyMatch(token -> token.is(Kind.SEMICOLON));
    }

    AddressField read() throws UnfitMessage {
        for (Token token : tokens) {
            switch (token.kind()) {
                case COMMA, SEMICOLON -> separator(token);
                case COLON -> colon(token);
                default -> piece.add(token);
            }
        }
        if (!piece.stream().allMatch(Token::skipped)) {
            endPiece();
        }
        if (!group.isEmpty()) {
            throw fault(line);
        }
        return pending.isEmpty() ? new AddressField(entries, "", proper) : nameOnly();
    }

    private AddressField nameOnly() throws UnfitMessage {
        if (!entries.isEmpty() || line.indexOf('@') >= 0) {
            throw fault(raw(pending));
        }
        return new AddressField(List.of(), line.replaceAll("[\\s,:;]+$", "").strip(), false);
    }

    private void separator(Token token) throws UnfitMessage {
        boolean ends = token.is(Kind.SEMICOLON) && !group.isEmpty();
        if (piece.stream().allMatch(Token::skipped)) {
            proper &= ends || (token.is(Kind.COMMA) && afterGroup);
            piece.clear();
        } else {
            proper &= ends || token.is(Kind.COMMA);
            endPiece();
        }
        afterGroup = ends;
        if (ends) {
            endGroup();
        } else if (!pending.isEmpty()) {
            pending.add(token);
        }
    }

    private void colon(Token token) {
        boolean names = groups
                && group.isEmpty()
                && pending.isEmpty()
                && piece.stream()
                        .noneMatch(part -> part.is(Kind.ANGLE) || part.raw().indexOf('@') >= 0);
        String name = name(piece);
        if (!names || name.isEmpty()) {
            piece.add(token.asWord());
            return;
        }
        proper &= isPhrase(piece);
        group = name;
        piece.clear();
    }

    private void endGroup() throws UnfitMessage {
        if (!pending.isEmpty()) {
            throw fault(raw(pending));
        }
        entries.add(new Group(group, List.copyOf(members)));
        members.clear();
        group = "";
    }

    private void endPiece() throws UnfitMessage {
        proper &= !afterGroup;
        List<Token> angles =
                piece.stream().filter(token -> token.is(Kind.ANGLE)).toList();
        if (angles.isEmpty()) {
            bare();
        } else {
            angle(angles.get(0));
        }
        piece.clear();
    }

    private void angle(Token angle) throws UnfitMessage {
        String address = ROUTE.matcher(angle.text().strip()).replaceFirst("").strip();
        int before = piece.indexOf(angle);
        if (address.indexOf('@') < 0) {
            wait(piece);
            return;
        }
        boolean last = piece.stream().skip(before + 1L).allMatch(Token::skipped);
        if (!last || !ADDRESS.matcher(address).matches() || pending.stream().anyMatch(token -> token.is(Kind.ANGLE))) {
            throw fault(raw(pending) + raw(piece));
        }
        List<Token> name = new ArrayList<>(pending);
        name.addAll(piece.subList(0, before));
        proper &= isPhrase(name) && address.equals(angle.text());
        add(new Mailbox(name(name), address));
        pending.clear();
    }

    /** An address without brackets, or several with blanks between them. */
    private void bare() throws UnfitMessage {
        String raw = piece.stream()
                .filter(token -> !token.is(Kind.COMMENT))
                .map(Token::raw)
                .collect(Collectors.joining())
                .strip();
        List<String> words = ADDRESS.matcher(raw).matches() ? List.of(raw) : List.of(raw.split("\\s+"));
        if (words.stream().allMatch(word -> ADDRESS.matcher(word).matches())) {
            if (!pending.isEmpty()) {
                throw fault(raw(pending));
            }
            proper &= words.size() == 1;
            String comment = words.size() == 1 ? comment() : "";
            words.forEach(word -> add(new Mailbox(comment, word)));
        } else if (raw.indexOf('@') >= 0) {
            throw fault(raw);
        } else {
            wait(piece);
        }
    }

    /** Where names stood before there were angle brackets (RFC 5322 section 3.4). */
    private String comment() {
        return piece.stream()
                .filter(token -> token.is(Kind.COMMENT))
                .limit(1)
                .map(token -> decoded(token.raw().substring(1, token.raw().length() - 1)))
                .collect(Collectors.joining());
    }

    private void wait(List<Token> name) {
        proper = false;
        pending.addAll(name);
    }

    private void add(Mailbox mailbox) {
        if (group.isEmpty()) {
            entries.add(mailbox);
        } else {
            members.add(mailbox);
        }
    }

    private static boolean isPhrase(List<Token> name) {
        return name.stream()
                .allMatch(token -> token.skipped()
                        || token.is(Kind.QUOTED)
                        || (token.is(Kind.WORD) && ATOM.matcher(token.raw()).matches()));
    }

    private static String name(List<Token> name) {
        return decoded(name.stream().map(Token::text).collect(Collectors.joining()));
    }

    private static String decoded(String text) {
        return ReadyHeader.decoded(text).replaceAll("\\s+", " ").strip();
    }

    private static String raw(List<Token> tokens) {
        return tokens.stream().map(Token::raw).collect(Collectors.joining());
    }

    private UnfitMessage fault(String what) {
        return new UnfitMessage(
                "header field %s: \"%s\" is no mail address".formatted(field, HeaderReader.shown(what.strip())),
                "write \"Name\" <name@domain>, and a name with commas or other signs in quotes (RFC 5322 section 3.4)");
    }
}
