package org.mailchute.formats.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Reference;

/** The indirect objects of a file, newest first where it was changed (ISO 32000-1 section 7.5.6). */
final class PdfObjects {
    private static final int KEPT_STREAMS = 3;
    /** Libraries begin another stream after 100 to 200. */
    private static final int MOST_IN_STREAM = 100_000;

    /** Updates of one file; as many as signatures, forms and comments were saved. */
    private static final int MOST_TABLES = 500;

    private final Octets file;
    private final Effort effort;
    private final Inflated inflated;
    /** What lies before the header (a printer's job lines, say) shifts all offsets. */
    private final long shift;

    private final List<Table> tables = new ArrayList<>();
    private final Map<Long, ObjectStream> streams = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ObjectStream> eldest) {
            return size() > KEPT_STREAMS;
        }
    };

    /** @param offsets of its objects: number, then offset, for one after another */
    private record ObjectStream(Octets.Decoded content, long[] offsets) {
        static ObjectStream of(Octets.Decoded content, Dictionary dictionary) throws IOException {
            long count = dictionary.whole("N").orElse(0);
            long first = dictionary.whole("First").orElse(0);
            if (count > MOST_IN_STREAM) {
                throw new PdfFault("a stream has too many objects");
            }
            long[] offsets = new long[2 * (int) count];
            Syntax head = new Syntax(content, 0);
            for (int i = 0; i < offsets.length; i += 2) {
                offsets[i] = head.whole();
                offsets[i + 1] = first + head.whole();
            }
            return new ObjectStream(content, offsets);
        }

        PdfValue value(long number, long index) throws IOException {
            if (index >= offsets.length / 2 || offsets[2 * (int) index] != number) {
                throw new PdfFault("object " + number + " is not in its stream");
            }
            return new Syntax(content, offsets[2 * (int) index + 1]).value();
        }
    }

    /** @param last offset of the newest table, counted as the file does */
    PdfObjects(Octets file, Effort effort, long shift, long last) throws IOException {
        this.file = file;
        this.effort = effort;
        this.inflated = new Inflated(file, effort);
        this.shift = shift;
        List<Long> seen = new ArrayList<>();
        Optional<Long> next = Optional.of(last);
        while (next.isPresent()) {
            long offset = next.get();
            if (seen.contains(offset) || seen.size() == MOST_TABLES) {
                throw new PdfFault("its tables of objects have no end");
            }
            seen.add(offset);
            Table table = table(offset);
            tables.add(table);
            addHidden(table);
            next = table.trailer().previous();
        }
    }

    /** From a table that was made anew. */
    PdfObjects(Octets file, Effort effort, Table rebuilt) {
        this.file = file;
        this.effort = effort;
        this.inflated = new Inflated(file, effort);
        this.shift = 0;
        tables.add(rebuilt);
    }

    /** A file for old readers and new ones tells the rest to the new ones only (ISO 32000-1 section 7.5.8.4). */
    private void addHidden(Table table) throws IOException {
        Optional<Long> stream = table.trailer().hidden();
        if (stream.isPresent()) {
            tables.add(table(stream.get()));
        }
    }

    private Table table(long offset) throws IOException {
        Syntax syntax = new Syntax(file, offset + shift);
        if (syntax.word().equals("xref")) {
            return Table.Classic.read(file, effort, syntax.position());
        }
        Syntax object = new Syntax(file, offset + shift);
        object.whole();
        object.whole();
        if (!object.word().equals("obj")) {
            throw new PdfFault("a table of objects is not where it should be");
        }
        Dictionary trailer = object.dictionary();
        return Table.Stream.read(trailer, content(trailer, object), effort);
    }

    private Octets.Decoded content(Dictionary stream, Syntax after) throws IOException {
        if (!after.word().equals("stream")) {
            throw new PdfFault("a stream is missing");
        }
        return inflated.of(stream, after.streamStart());
    }

    /** The catalogue, where all begins. */
    Dictionary root() throws IOException {
        for (Table table : tables) {
            Optional<Reference> root = table.trailer().root();
            if (root.isPresent()) {
                return dictionary(root.get());
            }
        }
        throw new PdfFault("it has no catalogue");
    }

    Dictionary dictionary(PdfValue value) throws IOException {
        if (resolved(value) instanceof Dictionary dictionary) {
            return dictionary;
        }
        throw new PdfFault("an object is not what it should be");
    }

    /** The value itself where it is a reference; one to nothing is a fault here. */
    PdfValue resolved(PdfValue value) throws IOException {
        return value instanceof Reference reference ? object(reference.number()) : value;
    }

    private PdfValue object(long number) throws IOException {
        Place place = place(number);
        if (place instanceof Place.InFile inFile) {
            return inFile(number, inFile.offset()).value();
        }
        if (place instanceof Place.InStream inStream) {
            return stream(inStream.stream()).value(number, inStream.index());
        }
        throw new PdfFault("object " + number + " is missing");
    }

    private @Nullable Place place(long number) throws IOException {
        for (Table table : tables) {
            effort.steps(1 + table.stretches().size());
            Optional<Place> place = table.place(number);
            boolean hidden = place.filter(Place.Free.HERE::equals).isPresent()
                    && table.trailer().hidden().isPresent();
            if (place.isPresent() && !hidden) {
                return place.get();
            }
        }
        return null;
    }

    private Syntax inFile(long number, long offset) throws IOException {
        Syntax syntax = new Syntax(file, offset + shift);
        if (syntax.whole() != number || syntax.whole() < 0 || !syntax.word().equals("obj")) {
            throw new PdfFault("object " + number + " is not where it should be");
        }
        return syntax;
    }

    private ObjectStream stream(long number) throws IOException {
        ObjectStream known = streams.get(number);
        if (known != null) {
            return known;
        }
        if (tables.stream().anyMatch(table -> table.trailer().encrypted())) {
            throw new PdfFault("its objects are encrypted");
        }
        if (!(place(number) instanceof Place.InFile inFile)) {
            throw new PdfFault("a stream of objects is missing");
        }
        Syntax object = inFile(number, inFile.offset());
        Dictionary dictionary = object.dictionary();
        ObjectStream stream = ObjectStream.of(content(dictionary, object), dictionary);
        streams.put(number, stream);
        return stream;
    }
}
