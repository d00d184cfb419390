package org.mailchute.gateway;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.limits.Uptime;

/**
 * How long this machine has been up. Linux tells it to every process alike, and which start it was (proc(5)); elsewhere it is the
 * time of this process only.
 */
final class MachineUptime {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int NANOS = 1_000_000;

    private MachineUptime() {}

    static Uptime read() {
        return read(UPTIME, BOOT);
    }

    static Uptime read(Path uptime, Path boot) {
        long here = System.nanoTime() / NANOS;
        try {
            String seconds = Files.readString(uptime).split(" ", 2)[0];
            long since = new BigDecimal(seconds).movePointRight(3).longValue() - here;
            String name = Files.readString(boot).strip();
            return name.matches("[0-9a-f-]{8,64}") ? uptime(Optional.of(name), since) : uptime(Optional.empty(), -here);
        } catch (IOException | NumberFormatException e) {
            return uptime(Optional.empty(), -here); // another system, or one that hides it
        }
    }

    private static Uptime uptime(Optional<String> boot, long since) {
        return new Uptime(boot, () -> System.nanoTime() / NANOS + since);
    }
}
