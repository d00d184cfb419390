package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.testing.FilesIn;

/** One authority for all towns of a JVM: its keys take longer than many a test. */
final class Papers {
    private static final Map<String, byte[]> FILES = new HashMap<>();
    private static @Nullable DemoAuthority authority;

    private Papers() {}

    /** Its certificate, and the connector lane's with its key, are put into the folder. */
    static synchronized DemoAuthority into(Path folder) throws Exception {
        if (authority == null) {
            authority = made(folder);
        }
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return authority;
    }

    private static DemoAuthority made(Path folder) throws Exception {
        DemoAuthority made = DemoAuthority.create(folder, "contoso.example");
        for (Path file : FilesIn.folder(folder)) {
            FILES.put(String.valueOf(file.getFileName()), read(file));
        }
        return made;
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
