package org.mailchute.intakes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.FolderRights;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/** Takes files of a folder of this machine, where what cannot be taken stays, and is told of. */
record LocalFiles(Stability stability, WaitingFiles waiting, RejectedRoom room, DiskRoom disk) {
    /** How one is taken. */
    @FunctionalInterface
    interface Taking {
        Optional<Claimed> take() throws IOException;
    }

    /** Empty when it is not to be taken now. */
    Optional<Claimed> take(File file, Taking how) {
        if (room.lacks().isPresent()) { // told when it is polled
            return Optional.empty();
        }
        try {
            Optional<Claimed> claimed = how.take();
            claimed.ifPresent(taken -> forget(file.getPath()));
            return claimed;
        } catch (IOException e) {
            disk.spoolFails();
            left(file, e);
            return Optional.empty();
        }
    }

    private void forget(String file) {
        stability.forget(file);
        waiting.forget(file);
    }

    /** It is still at its source, or somebody else took it away first. */
    private void left(File file, IOException why) {
        if (Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            String words = Optional.ofNullable(file.toPath().getParent())
                    .flatMap(FolderRights::lack)
                    .map(FolderRights.Lack::toString)
                    .orElseGet(() -> why.getClass().getSimpleName() + ": " + why.getMessage());
            waiting.failed(file.getPath(), stability.unchanged(file.getPath()), words);
        }
    }
}
