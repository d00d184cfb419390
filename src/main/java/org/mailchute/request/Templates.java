package org.mailchute.request;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.intake.Refused;
import org.mailchute.intake.Shown;

/**
 * The folder of message templates that requests may name: {@code NAME.subject}, {@code NAME.txt}, {@code NAME.html}, each
 * with fields {@code ${field}}. What a request gives for a field is text: markup in it is escaped in HTML, and in a subject
 * it stays on its line.
 */
public record Templates(Path folder) {
    /** As in {@code mail-request.schema.json}: never a path. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]{0,200})}");
    private static final long LARGEST = 1_000_000;

    /** What came of a template; a part that it does not have is empty. */
    record Filled(Optional<String> subject, Optional<String> text, Optional<String> html) {}

    /** @throws Refused when there is no such template, or it wants a field that the request does not give */
    Filled fill(String name, Map<String, String> fields) throws IOException, Refused {
        Optional<String> subject = part(name + ".subject", fields, Shown::line);
        Optional<String> text = part(name + ".txt", fields, value -> value);
        Optional<String> html = part(name + ".html", fields, Templates::escaped);
        if (text.isEmpty() && html.isEmpty()) {
            throw new Refused(
                    "there is no template \"" + name + "\"",
                    "put " + name + ".txt or " + name + ".html into the folder of templates, or correct the name");
        }
        return new Filled(subject.map(String::strip).map(Shown::line), text, html);
    }

    private Optional<String> part(String file, Map<String, String> fields, UnaryOperator<String> made)
            throws IOException, Refused {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(path) > LARGEST) {
            throw new Refused("template " + file + " has more than 1,000,000 octets", "make it smaller");
        }
        try {
            return Optional.of(filled(file, Files.readString(path), fields, made));
        } catch (CharacterCodingException e) {
            throw new Refused("template " + file + " is not UTF-8", "save it in UTF-8");
        }
    }

    private static String filled(String file, String template, Map<String, String> fields, UnaryOperator<String> made)
            throws Refused {
        StringBuilder text = new StringBuilder();
        Matcher field = FIELD.matcher(template);
        while (field.find()) {
            String value = fields.get(field.group(1));
            if (value == null) {
                throw new Refused(
                        "template " + file + " wants ${" + field.group(1) + "}, which the request does not give",
                        "give it in fields, or take it out of the template");
            }
            field.appendReplacement(text, Matcher.quoteReplacement(made.apply(value)));
            if (text.length() > LARGEST) {
                throw new Refused("template " + file + " becomes too long with these fields", "make them shorter");
            }
        }
        return field.appendTail(text).toString();
    }

    /** Also safe inside a quoted attribute. */
    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
