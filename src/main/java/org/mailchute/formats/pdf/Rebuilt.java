package org.mailchute.formats.pdf;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Reference;

/**
 * Where objects are, found by reading the whole file from its start; of two with the same number the later one counts. The content
 * of streams is passed: a PDF may be attached in one. Objects in streams of objects are not found.
 */
final class Rebuilt implements Table {
    private static final String OBJECT = "obj";

    private final Octets file;
    private final Effort effort;
    private final Map<Long, Long> offsets = new HashMap<>();
    private Optional<Reference> root = Optional.empty();

    Rebuilt(Octets file, long size, Effort effort) throws IOException {
        this.file = file;
        this.effort = effort;
        long at = 0;
        for (long end = 0; end < size; end++) {
            if (file.at(end) == 'j' && word(end + 1)) {
                long start = numbers(end + 1 - OBJECT.length(), at);
                if (start >= 0) {
                    at = object(start, end + 1);
                    end = at - 1;
                }
            }
        }
    }

    /** Whether {@code obj} ends there. */
    private boolean word(long end) throws IOException {
        long at = end - OBJECT.length();
        return file.at(at) == 'o' && file.at(at + 1) == 'b' && !Syntax.regular(file.at(end));
    }

    /**
     * Where the two numbers begin that stand before the word {@code obj}: it is looked for first, since a picture is full of digits.
     *
     * @param from nothing before it is looked at
     * @return -1 when they do not stand there
     */
    private long numbers(long end, long from) throws IOException {
        long generation = number(end, from);
        return generation < 0 ? -1 : number(generation, from);
    }

    private long number(long end, long from) throws IOException {
        long last = end;
        while (last > from && Syntax.blank(file.at(last - 1))) {
            last--;
        }
        long start = last;
        while (start > from && digit(start - 1)) {
            start--;
        }
        return last < end && start < last ? start : -1;
    }

    private boolean digit(long at) throws IOException {
        int octet = file.at(at);
        return octet >= '0' && octet <= '9';
    }

    /**
     * @param end of the word {@code obj}
     * @return where to go on
     */
    private long object(long start, long end) throws IOException {
        try {
            long number = new Syntax(file, start).whole();
            effort.held(1);
            offsets.put(number, start);
            return value(number, new Syntax(file, end));
        } catch (PdfFault none) {
            return end;
        }
    }

    private long value(long number, Syntax syntax) throws IOException {
        if (!(syntax.value() instanceof Dictionary dictionary)) {
            return syntax.position();
        }
        if (dictionary.name("Type").filter("Catalog"::equals).isPresent()) {
            root = Optional.of(new Reference(number));
        }
        return syntax.afterStream(dictionary.whole("Length").orElse(0)).orElse(syntax.position());
    }

    @Override
    public List<Stretch> stretches() {
        return List.of();
    }

    @Override
    public Trailer trailer() {
        return new Trailer(Optional.empty(), Optional.empty(), root, false);
    }

    @Override
    public Optional<Place> place(long number) {
        return Optional.ofNullable(offsets.get(number)).map(Place.InFile::new);
    }
}
