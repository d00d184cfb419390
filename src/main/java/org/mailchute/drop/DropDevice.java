package org.mailchute.drop;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.mailchute.credentials.SecretText;

/**
 * How one device logs in, and what may wait for its intake, which is a folder intake of the same name.
 *
 * @param folder where its scans rest until they are taken
 * @param subfolders it may make folders
 * @param charset of its names that are not UTF-8; empty for the server's
 * @param waiting how much may
 */
public record DropDevice(
        String name,
        String user,
        SecretText password,
        Path folder,
        boolean subfolders,
        Optional<Charset> charset,
        Quota waiting) {
    /**
     * Opens its folder.
     *
     * @param unfinished names that the intake does not take
     * @param closed whether the intake takes nothing now, since too much of it was refused
     */
    public DropLogin login(Predicate<String> unfinished, BooleanSupplier closed) throws IOException {
        return new DropLogin(user, password, DropFolder.open(folder, subfolders, waiting, unfinished, closed), charset);
    }
}
