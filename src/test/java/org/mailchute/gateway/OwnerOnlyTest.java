package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.spool.FolderHandle;

/** Who may look into home. */
@DisabledOnOs(OS.WINDOWS)
class OwnerOnlyTest {
    @TempDir
    Path folder;

    private static Path mode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path folderOpenToAll(Path path) throws IOException {
        return mode(Files.createDirectories(path), "rwxr-xr-x");
    }

    private static Path fileOpenToAll(Path path) throws IOException {
        return mode(Files.createFile(path), "rw-r--r--");
    }

    @Test
    @DisplayName("P9: a home that others could read is the owner's alone after the next start")
    void aHomeThatOthersCouldReadIsTheOwnersAloneAfterTheNextStart() throws IOException {
        Path home = folderOpenToAll(folder.resolve("home"));
        Path rejected = folderOpenToAll(home.resolve("rejected"));
        Path told = fileOpenToAll(home.resolve("events.told"));
        HomeAccess.check(home);
        assertThat(mode(home)).isEqualTo("rwx------");
        assertThat(mode(rejected)).isEqualTo("rwx------");
        assertThat(mode(told)).isEqualTo("rw-------");
    }

    @Test
    void aHomeThatIsMadeIsTheOwnersAlone() throws IOException {
        Path home = folder.resolve("new/home");
        HomeAccess.check(home);
        assertThat(mode(home)).isEqualTo("rwx------");
    }

    @Test
    @DisplayName("P9: a place that is made elsewhere is the owner's alone; in a folder of others it is open to them")
    void aPlaceThatIsMadeElsewhereIsTheOwnersAloneUnlessItLiesInAFolderOfOthers() throws IOException {
        Path place = folderOpenToAll(folder.resolve("srv")).resolve("rejected/copier");
        FolderHandle.make(place, place).close();
        assertThat(mode(place)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("srv/rejected"))).isEqualTo("rwx------");
        Path share = mode(Files.createDirectories(folder.resolve("share")), "rwxr-x---");
        FolderHandle.make(share, share.resolve("rejected/2026-11-29")).close();
        assertThat(mode(share.resolve("rejected"))).isEqualTo("rwxr-x---");
        assertThat(mode(share.resolve("rejected/2026-11-29"))).isEqualTo("rwxr-x---");
        assertThat(mode(share)).as("as it was").isEqualTo("rwxr-x---");
    }

    @Test
    void whatALinkInHomeLeadsToStaysAsItIs() throws IOException {
        Path home = folderOpenToAll(folder.resolve("home"));
        Path elsewhere = folderOpenToAll(folder.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("archive"), elsewhere);
        HomeAccess.check(home);
        assertThat(mode(elsewhere)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void theOwnerGetsNoRightThatWasTaken() throws IOException {
        Path home = folderOpenToAll(folder.resolve("home"));
        Path file = mode(Files.createFile(home.resolve("kept")), "r--r--r--");
        HomeAccess.check(home);
        assertThat(mode(file)).isEqualTo("r--------");
    }
}
