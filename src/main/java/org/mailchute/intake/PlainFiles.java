package org.mailchute.intake;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;

/** Nothing but plain files is ever opened on behalf of input. */
public final class PlainFiles {
    private PlainFiles() {}

    /** @throws Refused when some of what was claimed is none, or is there no more */
    public static void check(Claimed claimed) throws Refused {
        for (Companion file : claimed.files()) {
            mustBePlain(file);
        }
    }

    private static void mustBePlain(Companion file) throws Refused {
        if (!Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\", part of this scan, went away or changed while it was being taken",
                    "scan again; or put all its files back together");
        }
        if (!Files.isRegularFile(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\" is not a plain file but a link or the like",
                    "put the file itself there; Mailchute follows no links");
        }
    }
}
