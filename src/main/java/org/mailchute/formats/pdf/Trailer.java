package org.mailchute.formats.pdf;

import java.util.Optional;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Reference;
import org.mailchute.formats.pdf.PdfValue.Whole;

/**
 * What a cross-reference section says of the file (ISO 32000-1 section 7.5.5).
 *
 * @param previous offset of the section that this one changes
 * @param hidden offset of the stream that readers of PDF 1.5 look up next
 * @param root the catalogue
 */
record Trailer(Optional<Long> previous, Optional<Long> hidden, Optional<Reference> root, boolean encrypted) {
    static Trailer of(Dictionary all) {
        return new Trailer(
                offset(all, "Prev"),
                offset(all, "XRefStm"),
                all.get("Root").filter(Reference.class::isInstance).map(Reference.class::cast),
                all.get("Encrypt").isPresent());
    }

    /** Some programs write 0 for none. */
    private static Optional<Long> offset(Dictionary all, String key) {
        return all.get(key)
                .filter(Whole.class::isInstance)
                .map(number -> ((Whole) number).value())
                .filter(offset -> offset > 0);
    }
}
