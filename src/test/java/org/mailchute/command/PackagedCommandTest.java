package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code /usr/bin/mailchute} of the packages, with another file of secrets and {@code env} in place of the program. */
@DisabledOnOs(OS.WINDOWS)
class PackagedCommandTest {
    private static final String SECRETS = """
            # not A=comment
            ; nor B=this
            PLAIN=pa55-w~rd.=x
              BLANKS =  two words \t
            BACKSLASH=a\\\\b\\'c\\"d
            DOUBLE="a\\\\b \\"c\\" \\d $e "
            SINGLE='a\\b "c" '
            EMPTY=
            no assignment
            1ST=not a name
            LAST=unended""";

    @TempDir
    Path folder;

    @Test
    void secretsAreReadAsSystemdReadsThem() throws Exception {
        Path secrets = Files.writeString(folder.resolve("mailchute.env"), SECRETS);
        String command = Files.readString(Path.of("deploy/package/mailchute"))
                .replace("secrets=/etc/mailchute/mailchute.env", "secrets=" + secrets)
                .replace("\"$(id -u)\"", "0")
                .replaceFirst("exec setpriv .*", "exec env");
        Process process = new ProcessBuilder("env", "-i", "sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> !line.startsWith("PWD=") && !line.startsWith("_=")))
                .containsExactlyInAnyOrder(
                        "MAILCHUTE_CONFIG=/etc/mailchute/mailchute.yaml",
                        "PLAIN=pa55-w~rd.=x",
                        "BLANKS=two words",
                        "BACKSLASH=a\\b'c\"d",
                        "DOUBLE=a\\b \"c\" \\d $e ",
                        "SINGLE=a\\b \"c\" ",
                        "EMPTY=",
                        "LAST=unended");
    }
}
