package org.mailchute.settings;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.sidecar.SidecarField;

/** The section {@code sidecar} of an intake: how a scan's ticket beside it is read. */
final class SidecarReader {
    private static final Kind<Sidecar.Format> FORMAT = Kinds.oneOf(List.of(Sidecar.Format.values()));
    private static final Kind<String> EXTENSION = Kinds.text(
            "the end of sidecars' names, such as xml, without the dot before it",
            text -> text.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*") && text.length() <= 40);
    private static final Kind<String> KEY = Kinds.text(
            "a key of the sidecar", text -> Kinds.noControls(text) && !text.isBlank() && text.length() <= 200);
    private static final Kind<String> PATH =
            new Kind<>("an XPath expression such as /scan/user/email", "/", Sidecar::path);
    private static final Duration OPTIONAL = Duration.ofSeconds(10);
    private static final Duration REQUIRED = Duration.ofMinutes(5);

    private SidecarReader() {}

    static Optional<Sidecar> read(Section intake) {
        if (!intake.has("sidecar")) {
            return Optional.empty();
        }
        Section sidecar = intake.section("sidecar");
        Sidecar.Format format = sidecar.required("format", FORMAT);
        boolean required = sidecar.value("required", Kinds.FLAG, false);
        Map<SidecarField, String> fields = fields(sidecar, format.isXml());
        if (format == Sidecar.Format.XML && fields.isEmpty()) {
            sidecar.missing("fields", "where in the XML each field stands");
        }
        return Optional.of(new Sidecar(
                format,
                fields,
                new Sidecar.Way(
                        sidecar.value("extension", EXTENSION, format.extension()),
                        sidecar.value("charset", Kinds.CHARSET, Kinds.CHARSET.standIn()),
                        sidecar.value("maxSize", Kinds.size("1KB", "1MB"), 64_000L)
                                .intValue(),
                        required,
                        sidecar.value("wait", Kinds.duration("0s", "24h"), required ? REQUIRED : OPTIONAL))));
    }

    private static Map<SidecarField, String> fields(Section sidecar, boolean xml) {
        Map<SidecarField, String> fields = new EnumMap<>(SidecarField.class);
        if (sidecar.has("fields")) {
            Section keys = sidecar.section("fields");
            for (SidecarField field : SidecarField.values()) {
                keys.optional(field.label(), xml ? PATH : KEY).ifPresent(key -> fields.put(field, key));
            }
        }
        return fields;
    }
}
