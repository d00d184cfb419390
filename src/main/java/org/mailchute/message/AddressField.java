package org.mailchute.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an address field means (RFC 5322 section 3.4), also where it is not written as it should be.
 *
 * @param entries mailboxes and groups in their order
 * @param nameOnly the whole text, where it names somebody and has no address; empty otherwise
 * @param proper it may go out as it is
 */
record AddressField(List<Entry> entries, String nameOnly, boolean proper) {
    AddressField {
        entries = List.copyOf(entries);
    }

    /** One of a list. */
    sealed interface Entry {
        Stream<Mailbox> mailboxes();
    }

    /**
     * @param name decoded; empty where there is none
     * @param address as it stands, with an at sign; not checked further
     */
    record Mailbox(String name, String address) implements Entry {
        @Override
        public Stream<Mailbox> mailboxes() {
            return Stream.of(this);
        }

        /** An address beyond ASCII has no form that every server takes: it is shown as a name. */
        @Override
        public String toString() {
            boolean ascii = address.chars().allMatch(character -> character > ' ' && character < 0x7f);
            return !ascii
                    ? nobody(name + " " + address)
                    : name.isEmpty() ? address : HeaderText.name(name) + "<" + address + ">";
        }
    }

    /** @param name decoded */
    record Group(String name, List<Mailbox> members) implements Entry {
        @Override
        public Stream<Mailbox> mailboxes() {
            return members.stream();
        }

        @Override
        public String toString() {
            return HeaderText.name(name).strip() + ":"
                    + members.stream().map(member -> " " + member).collect(Collectors.joining(",\r\n")) + ";";
        }
    }

    /** A name without an address, in the one form that fields of addresses have for it: a group of nobody. */
    private static String nobody(String name) {
        return new Group(name.strip(), List.of()).toString();
    }

    /** @throws UnfitMessage when it cannot be told which addresses are meant, or which of them a name belongs to */
    static AddressField read(HeaderField field) throws UnfitMessage {
        return read(field.name(), field.text());
    }

    static AddressField read(String field, String line) throws UnfitMessage {
        try {
            return new AddressReader(field, line, true).read();
        } catch (UnfitMessage e) {
            if (line.indexOf(':') < 0) {
                throw e;
            }
        }
        return new AddressReader(field, line, false).read(); // the colon was a name's, and no group's
    }

    List<Mailbox> mailboxes() {
        return entries.stream().flatMap(Entry::mailboxes).toList();
    }

    /** The first one's display name, or the name that stands without an address. */
    Optional<String> firstName() {
        return Stream.concat(mailboxes().stream().limit(1).map(Mailbox::name), Stream.of(nameOnly))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** One address a line, each in the form that every reader understands. */
    @Override
    public String toString() {
        return nameOnly.isEmpty()
                ? entries.stream().map(Entry::toString).collect(Collectors.joining(",\r\n "))
                : nobody(nameOnly);
    }
}
