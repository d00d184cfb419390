package org.mailchute.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailchute.testing.Missing;

/** Scripts that install, with mounts and a network of their own: what they write and open is seen by nobody else, and gone afterwards. */
final class OwnMachine {
    /** What a script ends with where it may not mount. */
    private static final int NOT_HERE = 77;

    private OwnMachine() {}

    /** @return what it said */
    static String follow(String script, String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "NOT RUN: only root may mount");
        needs("/usr/bin/unshare", "util-linux");
        needs("/usr/sbin/ip", "iproute2");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--net",
                "--propagation",
                "private",
                "bash",
                "-c",
                "ip link set lo up && exec bash \"$@\"",
                "",
                "src/test/resources/org/mailchute/it/" + script));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit == NOT_HERE || said.startsWith("unshare: ")) {
            Missing.program("root may not mount here: " + said);
        }
        return said;
    }

    static void needs(String program, String from) {
        if (!Files.isExecutable(Path.of(program))) {
            Missing.program("there is no " + program + " (apt install " + from + ")");
        }
    }
}
