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
        while (at < size) {
            at = digit(at) && !digit(at - 1) ? object(at) : at + 1;
        }
    }

    private boolean digit(long at) throws IOException {
        int octet = file.at(at);
        return octet >= '0' && octet <= '9';
    }

    /** @return where to go on */
    private long object(long at) throws IOException {
        try {
            Syntax syntax = new Syntax(file, at);
            long number = syntax.whole();
            long behind = syntax.position();
            syntax.whole();
            if (!syntax.word().equals(OBJECT)) {
                return behind;
            }
            effort.held(1);
            offsets.put(number, at);
            return value(number, syntax);
        } catch (PdfFault none) {
            return at + 1;
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
