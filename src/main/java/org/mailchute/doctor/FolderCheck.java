package org.mailchute.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.mailchute.spool.FolderRights;

/** Whoever may write to a folder that is watched may send mail: a folder open to everyone is an open relay. */
public final class FolderCheck {
    private FolderCheck() {}

    /**
     * @param folders that mail comes from or rests in
     * @param places in which files are made, renamed and deleted, as is tried
     */
    public static List<Check> of(List<Path> folders, List<Path> places) {
        Findings findings = new Findings();
        folders.forEach(folder -> look(folder, findings));
        places.stream()
                .map(FolderRights::lack)
                .flatMap(Optional::stream)
                .forEach(lack -> findings.warning(Topic.FOLDERS, lack.what(), lack.remedy()));
        return findings.checks();
    }

    private static void look(Path folder, Findings findings) {
        if (!Files.isDirectory(folder)) {
            findings.warning(
                    Topic.FOLDERS, folder + " is not there yet", "Make it, or check its name and that of its share.");
            return;
        }
        try {
            String owner = Files.getOwner(folder).getName();
            if (open(folder)) {
                findings.warning(
                        Topic.FOLDERS,
                        folder + ", of " + owner + ", may be written by everyone: whoever does sends mail",
                        "Leave writing to the scanners' account and to Mailchute's: chmod o-w " + folder
                                + ", or remove Everyone from the folder's permissions.");
            } else {
                findings.ok(Topic.FOLDERS, folder + ", of " + owner + ", may not be written by everyone");
            }
        } catch (IOException | UnsupportedOperationException e) {
            findings.notChecked(List.of(Topic.FOLDERS), folder + " does not show its permissions: " + e.getMessage());
        }
    }

    private static boolean open(Path folder) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (posix != null) {
            return posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
        }
        AclFileAttributeView acl = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        return acl != null && acl.getAcl().stream().anyMatch(FolderCheck::everyoneWrites);
    }

    /** Windows. */
    private static boolean everyoneWrites(AclEntry entry) {
        return entry.type() == AclEntryType.ALLOW
                && entry.principal().getName().endsWith("Everyone")
                && entry.permissions().contains(AclEntryPermission.WRITE_DATA);
    }
}
