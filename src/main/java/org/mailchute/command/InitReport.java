package org.mailchute.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailchute.init.FirstSettings;
import org.mailchute.init.NewFiles;

/**
 * What {@code init} has seen, proposed and written, and what comes next.
 *
 * @param aside files that were in the way, by what they are called now
 * @param warnings of {@code check}
 */
record InitReport(FirstSettings first, Path settings, NewFiles files, List<Path> aside, List<String> warnings) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(first.seen());
        lines.add("");
        first.proposal()
                .lanes()
                .forEach(lane -> lines.add(
                        "lane " + lane.way().lane() + " (" + lane.way().label() + "): " + lane.why()));
        first.proposal().notes().forEach(note -> lines.add("note: " + note));
        lines.add("");
        files.all().forEach(file -> lines.add("written: " + file));
        aside.forEach(file -> lines.add("what was there is now: " + file));
        warnings.forEach(warning -> lines.add("check will warn: " + warning));
        lines.add("");
        lines.addAll(next());
        return lines;
    }

    private List<String> next() {
        String named = settings.equals(ConfigOption.INSTALLED) ? "" : " --config " + settings;
        List<String> steps = new ArrayList<>();
        steps.add(
                "mailchute run --rehearse" + named + "     all of it with a simulated Microsoft 365; needs no secret");
        steps.add("tenant.ps1, tenant.md: to the person who has the rights in the tenant" + handed());
        steps.add("mailchute check" + named + "     tells every fault of the settings");
        steps.add("mailchute doctor" + named + "     tells what would stop mail at Microsoft, and what to do about it");
        steps.add("mailchute run" + named);
        List<String> lines = new ArrayList<>();
        lines.add("Next, as the user the gateway runs as:");
        steps.forEach(step -> lines.add("  " + (lines.size()) + ". " + step));
        return lines;
    }

    private String handed() {
        String files = first.wanted().isEmpty()
                ? ""
                : "; until " + String.join(", ", first.wanted()) + " lies beside the settings, check and doctor say so";
        return files + (first.idsMissing() ? "; put the ids that it shows into the settings" : "");
    }

    JsonAnswers.Begun json() {
        return new JsonAnswers.Begun(
                first.seen(),
                first.proposal().lanes().stream()
                        .map(JsonAnswers.ProposedLane::of)
                        .toList(),
                first.proposal().notes(),
                files.all().stream().map(Path::toString).toList(),
                aside.stream().map(Path::toString).toList(),
                first.wanted(),
                warnings);
    }
}
