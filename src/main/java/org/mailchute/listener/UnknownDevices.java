package org.mailchute.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learning mode: the devices that were refused because nobody has entered them yet. A file that survives restarts and that a
 * person may delete; at most 500 devices, so that a stranger cannot fill the disk or the log.
 */
public final class UnknownDevices {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownDevices.class);
    private static final int MOST = 500;

    private final String intake;
    private final Path file;
    private final Map<String, UnknownDevice> devices = new LinkedHashMap<>();
    private boolean fullSaid;

    private UnknownDevices(String intake, Path file) {
        this.intake = intake;
        this.file = file;
    }

    /** Below {@code home}, with what was learnt before; without those that the settings know now. */
    public static UnknownDevices open(Path home, String intake, List<Network> known) throws IOException {
        UnknownDevices opened = new UnknownDevices(intake, file(home, intake));
        Files.createDirectories(home.resolve("unknown-devices"));
        for (UnknownDevice device : read(home, intake)) {
            if (known.stream()
                    .noneMatch(network ->
                            network.contains(Network.parse(device.address()).base()))) {
                opened.devices.put(device.address(), device);
            }
        }
        opened.write();
        return opened;
    }

    /** What is listed for this intake, the last seen first; nothing where nothing was learnt. */
    public static List<UnknownDevice> read(Path home, String intake) throws IOException {
        try {
            return Files.readAllLines(file(home, intake), StandardCharsets.ISO_8859_1).stream()
                    .flatMap(line -> UnknownDevice.parse(line).stream())
                    .filter(UnknownDevices::addressed)
                    .limit(MOST)
                    .sorted(Comparator.comparing(UnknownDevice::lastSeen).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean addressed(UnknownDevice device) {
        try {
            Network.parse(device.address());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Path file(Path home, String intake) {
        return home.resolve("unknown-devices").resolve(intake + ".tsv");
    }

    /** One session of such a device is over. One line in the log for each device, not for each session. */
    synchronized void saw(UnknownDevice device) {
        UnknownDevice known = devices.get(device.address());
        if (known == null && devices.size() >= MOST) {
            full();
            return;
        }
        devices.put(device.address(), known == null ? device : known.again(device));
        if (known == null) {
            LOG.info(
                    "source=smtp:{}: unknown device {} (\"{}\", from \"{}\", to {}) was refused; `mailchute devices` lists"
                            + " them, enter it in networks or logins of the intake if it is yours",
                    intake,
                    device.address(),
                    device.name(),
                    device.sender(),
                    device.recipients());
        }
        try {
            write();
        } catch (IOException e) {
            LOG.warn("source=smtp:{}: the list of unknown devices cannot be written: {}", intake, e.toString());
        }
    }

    private void full() {
        if (!fullSaid) {
            LOG.warn(
                    "source=smtp:{}: {} unknown devices are listed, no more are noted; delete {} and start again",
                    intake,
                    MOST,
                    file);
            fullSaid = true;
        }
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        devices.values().forEach(device -> lines.add(device.line()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
