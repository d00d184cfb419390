package org.mailchute.settings.yaml;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns YAML text into nodes. Nodes only: nothing is ever constructed from a tag. */
public final class YamlTree {
    /** Settings nest five deep; a deeper file is a mistake, or meant to use up the stack. */
    private static final int DEEPEST = 20;

    /** Enough to share a list of recipients, too few to blow up (the "billion laughs"). */
    private static final int MOST_ALIASES = 50;

    private YamlTree() {}

    /** Empty when the text has no document. */
    static Optional<Node> of(String text, String file) throws UnreadableFile {
        return of(text, file, DEEPEST);
    }

    /**
     * The tree of a file that is no settings file.
     *
     * @param deepest levels that it may nest
     * @throws UnreadableFile when it is missing, larger than 1 MB, not UTF-8, not YAML or deeper
     */
    public static Optional<Node> read(Path file, int deepest) throws UnreadableFile {
        return of(YamlText.read(file, file.toString()), file.toString(), deepest);
    }

    /**
     * Likewise, of a text.
     *
     * @param file how the text is called where it is complained of
     */
    public static Optional<Node> of(String text, String file, int deepest) throws UnreadableFile {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            requireShallow(new Parse(settings).parseString(text), file, deepest);
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw new UnreadableFile(file, line(e.getProblemMark()), problem(e), "YAML");
        } catch (YamlEngineException e) {
            throw new UnreadableFile(file, 0, "something that is not YAML, or more than 50 aliases", "plain YAML");
        }
    }

    /** The usual first mistakes, in words of those who make them. */
    private static String plain(String said) {
        if (said.contains("TAB")) {
            return "a tab; use spaces";
        }
        if (said.contains("escape character")) {
            return "a \\ in double quotes; use single quotes for a Windows path";
        }
        if (said.contains("mapping values are not allowed")) {
            return "a \": \" where none can be; indent the line as those above, or put quotes around a text that holds one";
        }
        if (said.contains("<block end>")) {
            return "a line that does not line up with those above; indent keys of one section by the same number of spaces";
        }
        return "a syntax error: " + said;
    }

    private static void requireShallow(Iterable<Event> events, String file, int deepest) throws UnreadableFile {
        int depth = 0;
        for (Event event : events) {
            depth += step(event);
            if (depth > deepest) {
                throw new UnreadableFile(
                        file, line(event.getStartMark()), "more than " + deepest + " levels", "fewer levels");
            }
        }
    }

    private static int step(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
        };
    }

    /** From 1; 0 when it is not known. */
    public static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(0);
    }

    /** What the parser says, but never a word of the file: it could be a secret that wants quotes. */
    private static String problem(MarkedYamlEngineException e) {
        String column = e.getProblemMark()
                .map(at -> " (column " + (at.getColumn() + 1) + ")")
                .orElse("");
        String said = String.valueOf(e.getProblem()).replaceAll("\\p{C}", "?");
        boolean namesText = Stream.of("alias", "anchor", "tag", "directive", "handle")
                .anyMatch(said.toLowerCase(Locale.ROOT)::contains);
        return (namesText ? "a value that starts with *, &, ! or % and has no quotes" : plain(said)) + column;
    }
}
