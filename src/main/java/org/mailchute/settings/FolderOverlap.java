package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailchute.settings.yaml.Section;

/** A file must have one intake only, and nothing of our own may look like input: no watched folder may hold another. */
final class FolderOverlap {
    private FolderOverlap() {}

    /**
     * What watched folders and pickup folders have in common.
     *
     * @param places folders of ours, by the key that sets them
     */
    private record Watched(Section section, String name, Path folder, Map<String, Path> places, boolean subfolders) {
        static Stream<Watched> of(IntakeSettings.Written written) {
            IntakePlan intake = written.plan();
            boolean below = intake instanceof IntakePlan.Folder folder && folder.subfolders();
            return intake.watched()
                    .map(folder -> new Watched(written.section(), intake.name(), folder, intake.own(), below));
        }
    }

    static void check(List<IntakeSettings.Written> intakes, Path home) {
        List<Watched> others = watched(intakes, false);
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).folder().isAbsolute()) { // else it has had its fault already
                againstHome(others.get(i), real(home));
                againstEarlier(others.get(i), others.subList(0, i));
                againstPlaces(others.get(i), others);
            }
        }
        List<Watched> devices = watched(intakes, true); // their folders are ours, so only the places can be wrong
        List<Watched> all = Stream.concat(others.stream(), devices.stream()).toList();
        devices.forEach(device -> againstPlaces(device, all));
    }

    private static List<Watched> watched(List<IntakeSettings.Written> intakes, boolean devices) {
        return intakes.stream()
                .filter(intake -> intake.plan().kind().equals(IntakePlan.Folder.DROP) == devices)
                .flatMap(Watched::of)
                .toList();
    }

    private static void againstHome(Watched intake, Path home) {
        if (nested(real(intake.folder()), home)) {
            intake.section()
                    .fault("folder", quoted(intake.folder()), "a folder neither inside gateway.home nor around it");
        }
    }

    private static void againstEarlier(Watched intake, List<Watched> earlier) {
        earlier.stream()
                .filter(other -> nested(real(intake.folder()), real(other.folder())))
                .findFirst()
                .ifPresent(other -> intake.section()
                        .fault(
                                "folder",
                                quoted(intake.folder()),
                                "a folder neither inside that of the intake " + other.name() + " nor around it"));
    }

    private static void againstPlaces(Watched intake, List<Watched> all) {
        intake.places().forEach((key, place) -> againstPlace(key, place, intake, all));
    }

    private static void againstPlace(String key, Path place, Watched intake, List<Watched> all) {
        Path ours = real(place);
        all.stream()
                .filter(other -> ours.equals(real(other.folder()))
                        || (other != intake && other.subfolders() && ours.startsWith(real(other.folder()))))
                .findFirst()
                .ifPresent(other -> intake.section()
                        .fault(key, quoted(place), "a folder that the intake " + other.name() + " does not watch"));
    }

    private static boolean nested(Path one, Path two) {
        return one.startsWith(two) || two.startsWith(one);
    }

    /** Follows links as far as the folder exists already. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            return parent == null || name == null
                    ? path.normalize()
                    : real(parent).resolve(name);
        }
    }

    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }
}
