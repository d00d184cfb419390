package org.mailchute.formats.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.formats.pdf.PdfValue.Array;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Whole;

/** One cross-reference section: where objects are. It is looked up in place, never read as a whole. */
sealed interface Table permits Table.Classic, Table.Stream, Rebuilt {
    /** In its order; one where the file was changed often has some hundreds. */
    List<Stretch> stretches();

    /** What it says of the file as a whole; only the keys that matter for pages. */
    Trailer trailer();

    /** @return empty when this section does not tell */
    Optional<Place> place(long number) throws IOException;

    /** @param content where its first entry lies */
    record Stretch(long first, long count, long content) {
        boolean holds(long number) {
            return number >= first && number - first < count;
        }
    }

    /** ISO 32000-1 section 7.5.4. @param width octets of an entry: 20, in files of careless programs 19 */
    record Classic(Octets file, List<Stretch> stretches, int width, Trailer trailer) implements Table {
        private static final int FIXED = 18;

        /** @param start where it goes on behind the word {@code xref} */
        static Classic read(Octets file, Effort effort, long start) throws IOException {
            List<Stretch> stretches = new ArrayList<>();
            int width = 0;
            Syntax syntax = new Syntax(file, start);
            String word = syntax.word();
            while (!word.equals("trailer")) {
                Stretch stretch = stretch(file, word, syntax);
                stretches.add(stretch);
                effort.held(1);
                if (width == 0 && stretch.count() > 0) {
                    width = width(file, stretch.content());
                }
                if (stretch.count() > Integer.MAX_VALUE) {
                    throw new PdfFault("a table of objects is too long");
                }
                syntax = new Syntax(file, stretch.content() + stretch.count() * width);
                word = syntax.word();
            }
            return new Classic(file, stretches, width, Trailer.of(syntax.dictionary()));
        }

        private static Stretch stretch(Octets file, String word, Syntax syntax) throws IOException {
            if (!word.matches("\\d{1,18}")) {
                throw new PdfFault("a table of objects is damaged");
            }
            long count = syntax.whole();
            long content = syntax.position();
            while (Syntax.blank(file.at(content))) {
                content++;
            }
            long first = Long.parseLong(word);
            // some scanners number from 1, but list the head of the free objects, which is number 0
            boolean shifted = first == 1 && new Syntax(file, content).word().equals("0000000000");
            return new Stretch(shifted ? 0 : first, count, content);
        }

        private static int width(Octets file, long entry) throws IOException {
            int width = FIXED;
            while (width < FIXED + 2 && Syntax.blank(file.at(entry + width))) {
                width++;
            }
            return width;
        }

        @Override
        public Optional<Place> place(long number) throws IOException {
            for (Stretch stretch : stretches) {
                if (stretch.holds(number)) {
                    Syntax entry = new Syntax(file, stretch.content() + (number - stretch.first()) * width);
                    long offset = entry.whole();
                    entry.whole();
                    return Optional.of(entry.word().equals("n") ? new Place.InFile(offset) : Place.Free.HERE);
                }
            }
            return Optional.empty();
        }
    }

    /** ISO 32000-1 section 7.5.8. @param widths octets of the three fields of an entry */
    record Stream(Octets.Decoded content, List<Stretch> stretches, int[] widths, Trailer trailer) implements Table {
        private static final int MOST_OCTETS = 7;

        static Stream read(Dictionary trailer, Octets.Decoded content, Effort effort) throws IOException {
            List<Long> widths = numbers(trailer.get("W").orElse(PdfValue.Other.ANY));
            if (widths.size() != 3 || widths.stream().anyMatch(width -> width > MOST_OCTETS)) {
                throw new PdfFault("a table of objects has odd entries");
            }
            List<Long> index = trailer.get("Index").isPresent()
                    ? numbers(trailer.get("Index").orElseThrow())
                    : List.of(0L, trailer.whole("Size").orElse(0));
            long width = widths.stream().mapToLong(Long::longValue).sum();
            List<Stretch> stretches = new ArrayList<>();
            long entries = 0;
            effort.held(index.size() / 2);
            for (int i = 0; i + 1 < index.size(); i += 2) {
                stretches.add(new Stretch(index.get(i), index.get(i + 1), entries * width));
                entries = Math.min(entries + index.get(i + 1), Integer.MAX_VALUE);
            }
            return new Stream(
                    content, stretches, widths.stream().mapToInt(Long::intValue).toArray(), Trailer.of(trailer));
        }

        private static List<Long> numbers(PdfValue value) throws PdfFault {
            if (!(value instanceof Array array) || !array.items().stream().allMatch(Whole.class::isInstance)) {
                throw new PdfFault("a table of objects does not tell its entries");
            }
            return array.items().stream().map(item -> ((Whole) item).value()).toList();
        }

        @Override
        public Optional<Place> place(long number) throws IOException {
            for (Stretch stretch : stretches) {
                if (stretch.holds(number)) {
                    return Optional.of(entry(
                            stretch.content() + (number - stretch.first()) * (widths[0] + widths[1] + widths[2])));
                }
            }
            return Optional.empty();
        }

        private Place entry(long at) throws IOException {
            long type = widths[0] == 0 ? 1 : content.number(at, widths[0]);
            long second = content.number(at + widths[0], widths[1]);
            long third = content.number(at + widths[0] + widths[1], widths[2]);
            if (type == 1) {
                return new Place.InFile(second);
            }
            return type == 2 ? new Place.InStream(second, third) : Place.Free.HERE;
        }
    }
}
