package org.mailchute.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the scans of one intake bring their tickets: {@code scan.json} or {@code scan.pdf.json} beside {@code scan.pdf}. */
public final class Sidecar {
    private final SidecarForm form;
    private final Way way;

    /** How a sidecar is written. */
    public enum Format {
        JSON,
        XML,
        CSV,
        /** A key and its value on each line. */
        TXT,
        /** PaperCut MF's "XML metadata file" (its manual, chapter of that name). */
        PAPERCUT,
        /** Sharp's "metadata delivery" (AR-M256/M257 network scanner manual, page 41). */
        SHARP;

        /** The usual one. */
        public String extension() {
            return isXml() ? "xml" : name().toLowerCase(Locale.ROOT);
        }

        public boolean isXml() {
            return this == XML || this == PAPERCUT || this == SHARP;
        }
    }

    /**
     * @param extension of sidecars, without the dot; no file that ends in it is a scan
     * @param otherwise character set of those that are not UTF-8 and have no byte order mark; XML says its own
     * @param maxBytes of a sidecar
     * @param required a scan without one is not sent
     * @param waitFor for so long a whole scan waits for it
     */
    public record Way(String extension, Charset otherwise, int maxBytes, boolean required, Duration waitFor) {}

    /**
     * @param keys the device's own keys, or XPath expressions, by field; added to those of a preset; for JSON, CSV and TXT
     *     empty means the fields' own names
     * @throws IllegalArgumentException when an XPath expression is none
     */
    public Sidecar(Format format, Map<SidecarField, String> keys, Way way) {
        this.form = form(format, keys);
        this.way = way;
    }

    /** @throws IllegalArgumentException when it is no XPath expression */
    public static String path(String expression) {
        XmlForm.path(expression);
        return expression;
    }

    private static SidecarForm form(Format format, Map<SidecarField, String> keys) {
        FieldKeys read = keys.isEmpty() ? FieldKeys.own() : new FieldKeys(keys, false);
        return switch (format) {
            case JSON -> new JsonForm(read);
            case CSV -> new CsvForm(read);
            case TXT -> new LinesForm(read);
            case XML -> new XmlForm(keys);
            case PAPERCUT -> new XmlForm(Presets.with(Presets.PAPERCUT, keys));
            case SHARP -> new XmlForm(Presets.with(Presets.SHARP, keys));
        };
    }

    public Way way() {
        return way;
    }

    /** Whether a file of this name is a sidecar, and so never a scan. */
    public boolean is(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("." + way.extension().toLowerCase(Locale.ROOT));
    }

    /** The name of a sidecar without its extension. */
    String stemOf(String name) {
        return name.substring(0, name.length() - way.extension().length() - 1);
    }

    /**
     * The sidecar that lies beside a scan now, called exactly as it; see {@link FolderNames} for those called alike.
     *
     * @param base what the names of all pages share, where a scan has several; empty else
     */
    public Optional<Path> beside(Path scan, String base) {
        return stems(String.valueOf(scan.getFileName()), base).stream()
                .flatMap(this::named)
                .map(scan::resolveSibling)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    private Stream<String> named(String stem) {
        String extension = way.extension();
        return Stream.of(extension, extension.toLowerCase(Locale.ROOT), extension.toUpperCase(Locale.ROOT))
                .distinct()
                .map(ending -> stem + "." + ending);
    }

    /**
     * What the names of a scan's sidecars are but for their extension; first what can mean this scan only.
     *
     * @param base what the names of all pages share, where a scan has several; empty else
     */
    public static Set<String> stems(String scan, String base) {
        Set<String> stems = new LinkedHashSet<>(List.of(scan, stem(scan)));
        if (!base.isBlank()) {
            stems.add(base);
        }
        return stems;
    }

    /** A name without its extension. */
    public static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Reads one. A link is not followed.
     *
     * @param name for sentences
     * @throws UnfitSidecar when it cannot be understood
     */
    public SidecarTicket read(Path file, String name) throws IOException, UnfitSidecar {
        byte[] content;
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            content = in.readNBytes(way.maxBytes() + 1);
        }
        try {
            if (content.length > way.maxBytes()) {
                throw new UnfitSidecar("it has more than " + way.maxBytes() + " octets", "say less, or raise maxSize");
            }
            if (content.length == 0) {
                throw new UnfitSidecar("it is empty", "let the device write it whole before its scan");
            }
            return SidecarTicket.of(form.read(content, way.otherwise()));
        } catch (UnfitSidecar e) {
            throw new UnfitSidecar("sidecar " + UnfitSidecar.shown(name) + ": " + e.reason(), e.remedy());
        }
    }
}
