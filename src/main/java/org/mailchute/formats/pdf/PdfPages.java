package org.mailchute.formats.pdf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.mailchute.formats.pdf.PdfValue.Array;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Reference;

/** Counts the leaves of the page tree (ISO 32000-1 section 7.7.3); what {@code Count} says there is not asked. */
public final class PdfPages {
    /** Where readers look for the header (ISO 32000-1 annex H.3.4.1). */
    private static final int HEAD = 1_024;

    /** What some scanners fill the file up with may come last, as {@code Completeness} allows. */
    private static final int TAIL = 64 << 10;

    private final PdfObjects objects;
    private final Effort effort;

    private PdfPages(PdfObjects objects, Effort effort) {
        this.objects = objects;
        this.effort = effort;
    }

    /**
     * Reads blocks of the file, never the whole.
     *
     * @return empty when the file does not tell, or not with the effort that one file is worth (about a second at most)
     */
    public static OptionalInt count(FileChannel channel) throws IOException {
        return count(channel, new Effort());
    }

    static OptionalInt count(FileChannel channel, Effort effort) throws IOException {
        Octets file = new Octets.OfFile(channel, effort);
        try {
            PdfObjects objects = objects(file, channel.size(), effort);
            int pages = new PdfPages(objects, effort).pages();
            return pages == 0 ? OptionalInt.empty() : OptionalInt.of(pages);
        } catch (PdfFault unreadable) {
            return OptionalInt.empty();
        }
    }

    /** Where the end leads nowhere, readers look for the objects themselves: some scanners' and converters' always does. */
    private static PdfObjects objects(Octets file, long size, Effort effort) throws IOException {
        long shift = header(file);
        long mark = findLast(file, "startxref", contentEnd(file, size));
        long last = new Syntax(file, mark + "startxref".length()).whole();
        return leads(file, last + shift) || leads(file, last)
                ? objects(file, effort, shift, last)
                : new PdfObjects(file, effort, new Rebuilt(file, size, effort));
    }

    /** Whether a table of objects, or an object that may be one, stands just there. */
    private static boolean leads(Octets file, long offset) throws IOException {
        if (file.at(offset) == '%') {
            return false; // what follows a comment does not stand there
        }
        try {
            if (new Syntax(file, offset).word().equals("xref")) {
                return true;
            }
            Syntax object = new Syntax(file, offset);
            object.whole();
            object.whole();
            return object.word().equals("obj");
        } catch (PdfFault neither) {
            return false;
        }
    }

    /** Devices fill files up with zeros. */
    private static long contentEnd(Octets file, long size) throws IOException {
        long end = size;
        while (end > 0 && Syntax.blank(file.at(end - 1))) {
            end--;
        }
        return end;
    }

    /** Offsets count from the header, but some programs count from what lies before it. */
    private static PdfObjects objects(Octets file, Effort effort, long shift, long last) throws IOException {
        if (shift > 0) {
            try {
                return new PdfObjects(file, effort, shift, last);
            } catch (PdfFault countedOtherwise) {
                return new PdfObjects(file, effort, 0, last);
            }
        }
        return new PdfObjects(file, effort, 0, last);
    }

    private static long findLast(Octets file, String mark, long size) throws IOException {
        for (long at = size; at >= Math.max(0, size - TAIL); at--) {
            if (stands(file, mark, at)) {
                return at;
            }
        }
        throw new PdfFault("it does not tell where its objects are");
    }

    private static long header(Octets file) throws IOException {
        for (long at = 0; at < HEAD; at++) {
            if (stands(file, "%PDF-", at)) {
                return at;
            }
        }
        return 0;
    }

    private static boolean stands(Octets file, String mark, long at) throws IOException {
        for (int i = 0; i < mark.length(); i++) {
            if (file.at(at + i) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int pages() throws IOException {
        Deque<PdfValue> waiting = new ArrayDeque<>();
        waiting.add(objects.root().get("Pages").orElse(PdfValue.Other.ANY));
        Set<PdfValue> branches = new HashSet<>();
        int leaves = 0;
        while (!waiting.isEmpty()) {
            PdfValue node = waiting.remove();
            Dictionary dictionary = objects.dictionary(node);
            if (dictionary.get("Kids").isEmpty()
                    && !"Pages".equals(dictionary.name("Type").orElse(""))) {
                leaves++;
            } else {
                if (node instanceof Reference && !branches.add(node)) {
                    throw new PdfFault("its page tree is none");
                }
                addKids(dictionary, waiting);
            }
        }
        return leaves;
    }

    private void addKids(Dictionary branch, Deque<PdfValue> waiting) throws IOException {
        if (objects.resolved(branch.get("Kids").orElse(PdfValue.Other.ANY)) instanceof Array kids) {
            effort.held(kids.items().size());
            waiting.addAll(kids.items());
        } else {
            throw new PdfFault("a branch of its page tree has no kids");
        }
    }
}
