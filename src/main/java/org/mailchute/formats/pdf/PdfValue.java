package org.mailchute.formats.pdf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a PDF is made of (ISO 32000-1 section 7.3), as far as pages need it. */
sealed interface PdfValue {
    record Name(String text) implements PdfValue {}

    /** A whole number. */
    record Whole(long value) implements PdfValue {}

    /** An indirect object, by its number; generations matter to nobody who only reads. */
    record Reference(long number) implements PdfValue {}

    record Array(List<PdfValue> items) implements PdfValue {}

    record Dictionary(Map<String, PdfValue> entries) implements PdfValue {
        Optional<PdfValue> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        Optional<String> name(String key) {
            return get(key).filter(Name.class::isInstance).map(name -> ((Name) name).text());
        }

        OptionalLong whole(String key) {
            return entries.get(key) instanceof Whole number ? OptionalLong.of(number.value()) : OptionalLong.empty();
        }
    }

    /** Strings, fractions, true, false and null. */
    enum Other implements PdfValue {
        ANY
    }
}
