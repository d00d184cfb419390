package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.command.ManifestFile.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.settings.Settings;

/** The files for containers are of the form their readers publish, and agree with the settings in them. Nothing here runs a container. */
class ContainerFilesTest {
    private static final ManifestFile KUBERNETES = new ManifestFile(Path.of("deploy/kubernetes/mailchute.yaml"));
    private static final ManifestFile COMPOSE = new ManifestFile(Path.of("deploy/container/compose.yaml"));
    private static final Path IMAGE = Path.of("deploy/container/Dockerfile");
    private static final int FIRST_PASSIVE = 50_000;
    private static final int PASSIVE = 10;

    @TempDir
    Path folder;

    private static JsonNode object(String kind, String name) throws Exception {
        return KUBERNETES.object(kind, name);
    }

    private static JsonNode pod() throws Exception {
        return object("StatefulSet", "mailchute").at("/spec/template/spec");
    }

    private static JsonNode compose() throws Exception {
        return COMPOSE.document();
    }

    private Settings settings(String text) throws Exception {
        return ManifestFile.settings(text, Map.of(), folder);
    }

    private Settings kubernetesSettings() throws Exception {
        return settings(
                object("ConfigMap", "mailchute").at("/data/mailchute.yaml").asText());
    }

    private Settings composeSettings() throws Exception {
        return settings(Files.readString(COMPOSE.path()
                .resolveSibling(compose().at("/configs/settings/file").asText())));
    }

    @Test
    void theKubernetesFileIsAsKubernetesPublishes() throws Exception {
        for (JsonNode object : KUBERNETES.documents()) {
            assertThat(ManifestSchemas.kubernetes(object)).as(object.toString()).isEmpty();
        }
        JsonNode misspelt = object("StatefulSet", "mailchute");
        ((ObjectNode) misspelt.at("/spec/template/spec/containers/0/securityContext"))
                .put("readOnlyRootFileSystem", true);
        ((ObjectNode) misspelt.at("/spec")).put("replicas", "one");
        assertThat(ManifestSchemas.kubernetes(misspelt)).hasSize(2);
    }

    @Test
    void theComposeFileIsAsComposePublishes() throws Exception {
        JsonNode file = compose();
        assertThat(ManifestSchemas.compose(file)).isEmpty();
        ((ObjectNode) file.at("/services/mailchute")).put("readonly", true).put("user", 10001);
        assertThat(ManifestSchemas.compose(file)).hasSize(2);
    }

    @Test
    void theServicesOfKubernetesLeadToThePortsOfItsSettings() throws Exception {
        Settings settings = kubernetesSettings();
        Map<String, Integer> ports = new TreeMap<>();
        pod().at("/containers/0/ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        assertThat(ports)
                .isEqualTo(Map.of(
                        "management", settings.management().port(),
                        "ftp", settings.drop().plan().port(),
                        "smtp", settings.smtp().get(0).plan().port()));
        assertThat(object("Service", "mailchute-smtp").at("/spec/ports").toString())
                .isEqualTo("[{\"name\":\"smtp\",\"port\":25,\"targetPort\":\"smtp\"}]");
        assertThat(object("Service", "mailchute-ftp").at("/spec/ports").findValuesAsText("port"))
                .containsExactlyElementsOf(
                        IntStream.concat(IntStream.of(21), IntStream.range(FIRST_PASSIVE, FIRST_PASSIVE + PASSIVE))
                                .mapToObj(Integer::toString)
                                .toList());
        assertThat(settings.drop().plan().passivePorts())
                .isEqualTo(FIRST_PASSIVE + "-" + (FIRST_PASSIVE + PASSIVE - 1));
        for (String service : List.of("mailchute", "mailchute-ftp", "mailchute-smtp")) {
            assertThat(object("Service", service).at("/spec/selector"))
                    .isEqualTo(object("StatefulSet", "mailchute").at("/spec/template/metadata/labels"));
        }
    }

    @Test
    void theStatefulSetHasItsOwnServiceWithoutAnAddress() throws Exception {
        String name = object("StatefulSet", "mailchute").at("/spec/serviceName").asText();
        assertThat(object("Service", name).at("/spec/clusterIP").asText()).isEqualTo("None");
    }

    @Test
    void thePortsOfComposeLeadToThoseOfItsSettings() throws Exception {
        Settings settings = composeSettings();
        String passive = settings.drop().plan().passivePorts();
        assertThat(compose().at("/services/mailchute/ports"))
                .isEqualTo(yaml("['21:%d', '25:%d', '%s:%s']"
                        .formatted(
                                settings.drop().plan().port(),
                                settings.smtp().get(0).plan().port(),
                                passive,
                                passive)));
    }

    @Test
    @DisplayName("P9: the pod is nobody's root, may nothing, and opens home to no group")
    void thePodMayNoMoreThanItNeeds() throws Exception {
        assertThat(pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod().path("securityContext"))
                .isEqualTo(yaml("{runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001,"
                        + " fsGroupChangePolicy: OnRootMismatch, seccompProfile: {type: RuntimeDefault}}"));
        assertThat(pod().at("/containers/0/securityContext"))
                .isEqualTo(
                        yaml(
                                "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailchute", "database"})
    @DisplayName("P9: neither is a service of Compose, and its secrets are files")
    void aServiceOfComposeMayNoMoreThanItNeeds(String name) throws Exception {
        JsonNode service = compose().at("/services/" + name);
        assertThat(service.path("user").asText()).matches("[1-9][0-9]+:[1-9][0-9]+");
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(service.path("cap_drop")).isEqualTo(yaml("[ALL]"));
        assertThat(service.path("security_opt")).isEqualTo(yaml("['no-new-privileges:true']"));
        assertThat(service.has("cap_add") || service.has("privileged")).isFalse();
        assertThat(service.path("secrets"))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(compose()
                                .at("/secrets/" + secret.asText() + "/file")
                                .asText())
                        .isEqualTo("secrets/" + secret.asText()));
    }

    @Test
    void theImageIsAsALinterWantsIt() throws Exception {
        String image = Files.readString(IMAGE);
        assertThat(DockerfileRules.faults(image)).isEmpty();
        assertThat(DockerfileRules.faults(
                        image.replace(":17-jre\n", ":latest\n").replace("USER 10001:10001\n", "USER root\n")))
                .hasSize(2);
    }

    @Test
    void theImageHoldsAndStartsWhatThePackagesDo() throws Exception {
        String image = Files.readString(IMAGE);
        Map<String, String> copied = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$")
                .matcher(image)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
        String launcher = "/opt/mailchute/bin/mailchute";
        String jar = "/opt/mailchute/lib/mailchute.jar";
        assertThat(copied).isEqualTo(Map.of("deploy/bin/mailchute", launcher, "target/mailchute-*.jar", jar));
        assertThat(Path.of("deploy/bin/mailchute")).isExecutable();
        assertThat(image)
                .contains(
                        "\nENTRYPOINT [\"" + launcher + "\"]\n",
                        "\nVOLUME " + composeSettings().home() + "\n")
                .containsPattern("new\\.jsa -jar " + jar
                        + " demo --one .*\\R.*new\\.jsa /opt/mailchute/lib/mailchute\\.jsa .*\\R.* rm -rf /tmp/\\*\n");
        String wrapper = Files.readString(Path.of("deploy/package/mailchute"));
        assertThat(wrapper).contains("program=" + launcher + "\n");
        assertThat(image.split("MAILCHUTE_CONFIG=")[1])
                .startsWith(wrapper.split("MAILCHUTE_CONFIG:-")[1].split("}")[0] + " ");
    }

    @Test
    @DisplayName("P9: the image is nobody's root")
    void theImageIsNobodysRoot() throws Exception {
        assertThat(Files.readString(IMAGE))
                .contains("\nUSER 10001:10001\n", "-m 0700 /var/lib/mailchute", "--read-only", "--cap-drop ALL");
        assertThat(compose().at("/services/mailchute/user").asText()).isEqualTo("10001:10001");
    }

    @Test
    void imageAndComposeAskForHealthAlike() throws Exception {
        Matcher asked = Pattern.compile("^HEALTHCHECK [^\\[]+(\\[.*])$", Pattern.MULTILINE)
                .matcher(Files.readString(IMAGE));
        assertThat(asked.find()).isTrue();
        JsonNode test = compose().at("/services/mailchute/healthcheck/test");
        assertThat(test.get(0).asText()).isEqualTo("CMD");
        assertThat(new JsonMapper().readTree(asked.group(1)).get(2)).isEqualTo(test.get(3));
    }

    @Test
    void whatTheSettingsNameIsMounted() throws Exception {
        JsonNode mounts = pod().at("/containers/0/volumeMounts");
        assertThat(mounts.findValuesAsText("mountPath"))
                .contains(
                        kubernetesSettings().home().toString(),
                        "/etc/mailchute",
                        "/etc/mailchute-secrets",
                        "/etc/mailchute-tls");
        List<String> volumes = pod().path("volumes").findValuesAsText("name");
        volumes.add(object("StatefulSet", "mailchute")
                .at("/spec/volumeClaimTemplates/0/metadata/name")
                .asText());
        assertThat(volumes).containsAll(mounts.findValuesAsText("name"));

        Settings settings = composeSettings();
        assertThat(compose().at("/services/mailchute/volumes"))
                .isEqualTo(yaml("['home:%s', '%s:%2$s']"
                        .formatted(settings.home(), settings.folders().get(0).folder())));
        assertThat(compose().at("/services/mailchute/secrets"))
                .extracting(JsonNode::asText)
                .containsExactly("client-secret", "copier-password", "chain.pem", "key.pem");
    }
}
