package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailchute.settings.yaml.Section;

/** A file must have one intake only, and nothing of our own may look like input: no watched folder may hold another. */
final class FolderOverlap {
    private final Path home;

    /**
     * What watched folders and pickup folders have in common.
     *
     * @param places folders of ours, by the key that sets them
     */
    record Watched(String name, Path folder, Map<String, Path> places, boolean subfolders) {
        static Watched of(Settings.FolderIntake intake) {
            return new Watched(intake.name(), intake.folder(), intake.own(), intake.subfolders());
        }

        static Watched of(Settings.PickupIntake intake) {
            Map<String, Path> places =
                    intake.rejected().map(place -> Map.of("rejected", place)).orElse(Map.of());
            return new Watched(intake.name(), intake.folder(), places, false);
        }
    }

    FolderOverlap(Path home) {
        this.home = real(home);
    }

    /** @param sections where each of the intakes is written, in the same order */
    void check(List<Section> sections, List<Watched> intakes) {
        for (int i = 0; i < intakes.size(); i++) {
            if (intakes.get(i).folder().isAbsolute()) { // else it has had its fault already
                againstHome(sections.get(i), intakes.get(i));
                againstEarlier(sections.get(i), intakes.get(i), intakes.subList(0, i));
                againstPlaces(sections.get(i), intakes.get(i), intakes);
            }
        }
    }

    /** Of devices' folders, which are ours, only the places can be wrong. */
    void checkPlaces(List<Section> sections, List<Watched> devices, List<Watched> watched) {
        List<Watched> all = Stream.concat(watched.stream(), devices.stream()).toList();
        for (int i = 0; i < devices.size(); i++) {
            againstPlaces(sections.get(i), devices.get(i), all);
        }
    }

    private void againstHome(Section section, Watched intake) {
        if (nested(real(intake.folder()), home)) {
            section.fault("folder", quoted(intake.folder()), "a folder neither inside gateway.home nor around it");
        }
    }

    private static void againstEarlier(Section section, Watched intake, List<Watched> earlier) {
        earlier.stream()
                .filter(other -> nested(real(intake.folder()), real(other.folder())))
                .findFirst()
                .ifPresent(other -> section.fault(
                        "folder",
                        quoted(intake.folder()),
                        "a folder neither inside that of the intake " + other.name() + " nor around it"));
    }

    private static void againstPlaces(Section section, Watched intake, List<Watched> all) {
        intake.places().forEach((key, place) -> againstPlace(section, key, place, intake, all));
    }

    private static void againstPlace(Section section, String key, Path place, Watched intake, List<Watched> all) {
        Path ours = real(place);
        all.stream()
                .filter(other -> ours.equals(real(other.folder()))
                        || (other != intake && other.subfolders() && ours.startsWith(real(other.folder()))))
                .findFirst()
                .ifPresent(other -> section.fault(
                        key, quoted(place), "a folder that the intake " + other.name() + " does not watch"));
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
