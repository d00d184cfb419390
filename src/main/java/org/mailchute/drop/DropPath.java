package org.mailchute.drop;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a device's folder as the device names it: {@code /} is that folder, and nothing lies above it. Names are taken
 * only if they mean the same on every system that may hold them.
 */
record DropPath(List<String> names) {
    static final DropPath ROOT = new DropPath(List.of());

    /** Some space is left of the 255 octets of file systems, for the queue id and a number. */
    private static final int LONGEST_NAME = 200;

    private static final int DEEPEST = 10;

    /** This hidden name is ours, the others are those of files under way; Windows ends names before a dot or space, and keeps device names and these characters. */
    private static final Pattern UNFIT =
            Pattern.compile("(?is)\\.partial|.*[. ]|.*[\\\\:*?\"<>|\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFD].*"
                    + "|(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    DropPath {
        names = List.copyOf(names);
    }

    /**
     * @param argument of the command; a leading slash means from the device's folder
     * @throws DropRefused when it leads out of the folder or has a name that cannot be kept as it is
     */
    DropPath resolve(String argument) throws DropRefused {
        List<String> resolved = new ArrayList<>(argument.startsWith("/") ? List.of() : names);
        for (String name : argument.split("/+", -1)) {
            step(resolved, name);
        }
        return new DropPath(resolved);
    }

    private static void step(List<String> resolved, String name) throws DropRefused {
        if (name.equals("..")) {
            if (resolved.isEmpty()) {
                throw new DropRefused(DropRefused.NOT_AVAILABLE, "There is nothing above this folder.");
            }
            resolved.remove(resolved.size() - 1);
        } else if (!name.isEmpty() && !name.equals(".")) {
            resolved.add(fit(name));
            if (resolved.size() > DEEPEST) {
                throw new DropRefused(DropRefused.NAME_NOT_ALLOWED, "Folders go no deeper than " + DEEPEST + ".");
            }
        }
    }

    private static String fit(String name) throws DropRefused {
        if (UNFIT.matcher(name).matches() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new DropRefused(
                    DropRefused.NAME_NOT_ALLOWED,
                    "Use a name without \\ : * ? \" < > |, control characters, a dot at its end," + " of at most "
                            + LONGEST_NAME + " octets in UTF-8.");
        }
        return name;
    }

    boolean root() {
        return names.isEmpty();
    }

    /** The last name; empty for the folder itself. */
    String name() {
        return root() ? "" : names.get(names.size() - 1);
    }

    DropPath parent() {
        return root() ? this : new DropPath(names.subList(0, names.size() - 1));
    }

    /** Where it is below {@code folder}. */
    Path below(Path folder) {
        Path place = folder;
        for (String name : names) {
            place = place.resolve(name);
        }
        return place;
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
