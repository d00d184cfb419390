package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.settings.yaml.Reading;
import org.mailchute.settings.yaml.Section;
import org.mailchute.settings.yaml.UnreadableFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The settings file we ship and the page about it say what the reader reads: no key more, none less. */
class ShippedSettingsTest {
    private static final Path SHIPPED = Path.of("deploy/mailchute.yaml");
    private static final Path PAGE = Path.of("src/docs/settings.md");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MAILCHUTE_FTP_PASSWORD",
            "x",
            "MAILCHUTE_CLIENT_SECRET",
            "y",
            "MAILCHUTE_PROXY_PASSWORD",
            "p",
            "MAILCHUTE_WEBHOOK",
            "https://hooks.contoso.com/a1b2");

    @TempDir
    Path folder;

    /** With every setting that is commented out put in force: {@code #key: value} is one, {@code # text} is not. */
    private static String everythingOn() throws IOException {
        return Files.readAllLines(SHIPPED).stream()
                .map(line -> line.replaceFirst("^( *)#(?=(- )?[a-zA-Z0-9-]+:)", "$1"))
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> keys(Object node, String prefix) {
        Set<String> found = new LinkedHashSet<>();
        if (node instanceof Map<?, ?> section) {
            section.forEach((key, value) -> {
                found.add(prefix + key);
                found.addAll(keys(value, prefix + key + "."));
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> found.addAll(keys(item, prefix)));
        }
        return found;
    }

    /** All that the reader asks for, of an app's login, in which the other one's keys are known too. */
    private Set<String> known() throws IOException, UnreadableFile {
        String app = everythingOn().replaceAll("(?m)^ {6}(user: scanner@|password: ..env:MAILCHUTE_PASSWORD).*$", "");
        Section top = Reading.open(Files.writeString(folder.resolve("all.yaml"), app), ENVIRONMENT, true);
        SettingsReader.settings(top);
        return top.asked();
    }

    @Test
    void everyKnownKeyIsInTheShippedFileAndEveryKeyOfItIsKnown() throws Exception {
        Object everything =
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(everythingOn());
        assertThat(keys(everything, "")).containsExactlyInAnyOrderElementsOf(known());
    }

    @Test
    void theShippedFilePassesTheCheckWithoutAWarning() throws FaultySettings {
        SettingsReader.Checked checked = SettingsReader.check(SHIPPED, ENVIRONMENT);
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.settings().lanes()).hasSize(3);
    }

    /** Lanes log in one way only, so the other ways are seen apart. */
    @Test
    void settingsCommentedOutShowTheDefaultsOrAreFineThemselves() throws Exception {
        String oneWay = everythingOn()
                .replaceAll("(?m)^cluster:(\n {2,}.*)+", "") // it wants the broker elsewhere
                .replaceAll("(?m)^ {4}certificate:(\n {6}.*){4}\n {4}federated.*$", "")
                .replaceAll(
                        "(?m)^ {6}(user: scanner|privateKey: |passphrase: |hostKey: |knownHosts: |password: ..env:MAILCHUTE_P|pkcs12: |certificate:|federated|managed|delegated).*$",
                        "")
                .replaceAll("(?m)^ {8}(chain|key|pkcs12|password): .*$", "")
                .replaceAll("(?m)^ {4}(pkcs12|password|domain): .*$", "")
                .replaceAll("(?m)^ {2}(url|user|password|trust|factory): *.*$", "")
                .replaceAll("(?m)^ {4}(class|properties): .*$", "");
        Path rows = Path.of("deploy/examples/replies.yaml").toAbsolutePath();
        Path file = Files.writeString(
                folder.resolve("mailchute.yaml"),
                oneWay.replace("/etc/mailchute/replies.yaml", rows.toString())
                        .replace("/etc/mailchute/routes", folder.toString())
                        .replace("legacyPort: 2526", "certificate: {chain: c.pem, key: k.pem}"));
        Settings on = SettingsReader.read(
                file,
                Map.of(
                        "MAILCHUTE_FTP_PASSWORD",
                        "x",
                        "MAILCHUTE_CLIENT_SECRET",
                        "y",
                        "MAILCHUTE_BILLING_PASSWORD",
                        "z",
                        "MAILCHUTE_PROXY_PASSWORD",
                        "p",
                        "MAILCHUTE_COPIER_PASSWORD",
                        "c",
                        "MAILCHUTE_WEBHOOK",
                        "https://hooks.contoso.com/a1b2",
                        "MAILCHUTE_ANNA_HASH",
                        PasswordHash.NOBODYS.text(),
                        "MAILCHUTE_CONSOLE_SECRET",
                        "e"));
        Settings off = SettingsReader.read(SHIPPED, ENVIRONMENT);
        assertThat(on.lanes().get(0).limits()).isEqualTo(off.lanes().get(0).limits());
        assertThat(on.lanes().get(0).times()).isEqualTo(off.lanes().get(0).times());
        assertThat(on.lanes().get(0).nextHop()).isEqualTo(off.lanes().get(0).nextHop());
        assertThat(on.lanes().get(0).tls()).isEqualTo(off.lanes().get(0).tls());
        assertThat(on.management())
                .usingRecursiveComparison()
                .ignoringFields("certificate")
                .isEqualTo(off.management());
        assertThat(on.console())
                .usingRecursiveComparison()
                .ignoringFields("users", "entra")
                .isEqualTo(off.console());
        assertThat(on.drop().devices()).hasSize(1);
        assertThat(on.smtp()).hasSize(1);
        assertThat(off.smtp()).isEmpty();
        assertThat(on.drop().plan())
                .usingRecursiveComparison()
                .ignoringFields("certificate", "implicitPort", "externalAddress")
                .isEqualTo(off.drop().plan());
        assertThat(off.drop().devices()).isEmpty();
        assertThat(on.policy().maxRecipients()).isEqualTo(off.policy().maxRecipients());
        assertThat(on.policy().maxBytes()).isEqualTo(off.policy().maxBytes());
        assertThat(on.folders().get(0).poll()).isEqualTo(off.folders().get(0).poll());
        assertThat(on.folders().get(0).stableFor())
                .isEqualTo(off.folders().get(0).stableFor());
        assertThat(on.folders().get(0).rejected())
                .isEqualTo(off.folders().get(0).rejected());
        assertThat(on.folders().get(0).rule().subject())
                .isEqualTo(off.folders().get(0).rule().subject());
        assertThat(on.ftp().get(0).poll()).isEqualTo(off.ftp().get(0).poll());
        assertThat(on.ftp().get(0).stableFor()).isEqualTo(off.ftp().get(0).stableFor());
        assertThat(on.jms().get(0).maxRequestBytes()).isEqualTo(off.jms().get(0).maxRequestBytes());
        assertThat(on.jms().get(0).consumers()).isEqualTo(off.jms().get(0).consumers());
    }

    @Test
    void everyKnownKeyHasItsRowOnTheSettingsPage() throws Exception {
        Set<String> known = known();
        Set<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .collect(Collectors.toSet());
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(known.stream()
                        .filter(path -> known.stream().noneMatch(other -> other.startsWith(path + ".")))
                        .toList());
    }

    /** To ask whether a key is there is not to read it. */
    @Test
    void noKnownKeyIsPassedOverByTheReader() throws Exception {
        for (String path : known()) {
            Path file = Files.writeString(folder.resolve("mailchute.yaml"), nonsenseAt(path));
            assertThat(faults(file))
                    .as(path)
                    .anyMatch(fault -> fault.matches("(?s).*: " + pattern(path) + ": found .*"));
        }
    }

    private static List<String> faults(Path file) {
        try {
            SettingsReader.read(file, Map.of());
            return List.of();
        } catch (FaultySettings e) {
            return e.faults().stream().map(Object::toString).toList();
        }
    }

    private static String pattern(String path) {
        return path.replaceAll(
                        "^(intake\\.[a-z]+|next-hop|lanes|broker\\.accept\\.users|console\\.users|console\\.entra\\.groups)(\\.|$)",
                        "$1(\\\\[1])?$2")
                .replace("logins", "logins(\\[1])?")
                .replaceFirst("(who\\.table)(\\.|$)", "$1(\\\\[1])?$2");
    }

    /** {@code a: {b: [[]]}}: no setting takes a list in a list. */
    private static String nonsenseAt(String path) {
        String option = path.startsWith("lanes.certificate") ? "relay" : "submission";
        String nested = "[[]]";
        String[] keys = path.split("\\.", -1);
        for (int i = keys.length - 1; i >= 0; i--) {
            boolean item = String.join(".", List.of(keys).subList(0, i + 1))
                    .matches(
                            "intake\\.[a-z]+(\\.who\\.table)?|intake\\.smtp\\.logins|next-hop|lanes|broker\\.accept\\.users|console\\.users|console\\.entra\\.groups");
            String lane = item && keys[i].equals("lanes") && !path.equals("lanes.option")
                    ? nested.replaceFirst("^\\{", "{option: " + option + ", ")
                    : nested;
            nested = "{" + keys[i] + ": " + (item && !nested.equals("[[]]") ? "[" + lane + "]" : nested) + "}";
        }
        return nested;
    }
}
