package org.mailchute.gateway;

import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.border.Acceptor;
import org.mailchute.credentials.CredentialException;
import org.mailchute.settings.Settings;
import org.mailchute.spool.FolderRights;

/** What in settings without a fault may not be meant, or will not work on this machine as it is now. */
public final class Doubts {
    private Doubts() {}

    /** Each in a sentence. */
    public static Stream<String> of(Settings settings) {
        return Stream.of(
                        held(settings),
                        port(settings).stream(),
                        management(settings).stream(),
                        entra(settings).stream(),
                        unmade(settings),
                        unusable(settings))
                .flatMap(warnings -> warnings);
    }

    /** Files may be mended while the gateway runs, so their faults are no faults of the settings. */
    private static Stream<String> held(Settings settings) {
        return settings.lanes().stream()
                .flatMap(lane -> LaneProofs.fault(settings.home(), lane, Clock.systemUTC()).stream()
                        .map(e -> "lane " + lane.name() + " will be held: " + e.getMessage() + "; " + e.remedy()));
    }

    /** The gateway would not start with it. */
    private static Optional<String> port(Settings settings) {
        return settings.broker()
                .accept()
                .flatMap(Acceptor::certificate)
                .flatMap(files -> fault("broker.accept.certificate", files::read));
    }

    /** Mail would go on, but nobody be answered at that port. */
    private static Optional<String> management(Settings settings) {
        return settings.management().certificate().flatMap(files -> fault("management.certificate", files::read));
    }

    /** Nobody would be signed in by it. */
    private static Optional<String> entra(Settings settings) {
        return settings.console().entra().flatMap(entra -> fault("console.entra", entra.proof()::check));
    }

    /** The gateway makes a watched folder that is not there; more often its path is mistyped, or its share not mounted. */
    private static Stream<String> unmade(Settings settings) {
        return settings.watched()
                .filter(folder -> !Files.isDirectory(folder))
                .map(
                        folder -> folder
                                + (Files.exists(folder)
                                        ? " is a file, not a folder to watch; correct its path"
                                        : " is not there, and will be made at the start; look at its path, or mount its share first"));
    }

    /** For the user that asks, who should be the gateway's own. */
    private static Stream<String> unusable(Settings settings) {
        return Stream.concat(
                        settings.places().map(FolderRights::lack).flatMap(Optional::stream),
                        FolderRights.stranger(settings.home()).stream())
                .map(Object::toString);
    }

    /** Reads files, or fails. */
    private interface Reading {
        void at(Clock clock) throws CredentialException;
    }

    private static Optional<String> fault(String key, Reading reading) {
        try {
            reading.at(Clock.systemUTC());
            return Optional.empty();
        } catch (CredentialException e) {
            return Optional.of(key + ": " + e.getMessage() + "; " + e.remedy());
        }
    }
}
