package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.command.ManifestFile.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.settings.Settings;

/** The files for a cluster in containers are those of one gateway, but for what a cluster wants. Nothing here runs a container. */
class ClusterFilesTest {
    private static final ManifestFile KUBERNETES =
            new ManifestFile(Path.of("deploy/kubernetes/mailchute-cluster.yaml"));
    private static final ManifestFile KUBERNETES_ONE = new ManifestFile(Path.of("deploy/kubernetes/mailchute.yaml"));
    private static final ManifestFile COMPOSE = new ManifestFile(Path.of("deploy/container/compose-cluster.yaml"));
    private static final ManifestFile COMPOSE_ONE = new ManifestFile(Path.of("deploy/container/compose.yaml"));

    @TempDir
    Path folder;

    private static JsonNode set(ManifestFile file) throws Exception {
        return file.object("StatefulSet", "mailchute").path("spec");
    }

    private static JsonNode container(ManifestFile file) throws Exception {
        return set(file).at("/template/spec/containers/0");
    }

    private static JsonNode service(String name) throws Exception {
        return COMPOSE.document().at("/services/" + name);
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private Settings composeSettings(String gateway) throws Exception {
        JsonNode environment = service(gateway).path("environment");
        return ManifestFile.settings(
                Files.readString(COMPOSE.path()
                        .resolveSibling(
                                COMPOSE.document().at("/configs/settings/file").asText())),
                Map.of(
                        "MAILCHUTE_NAME", environment.path("MAILCHUTE_NAME").asText(),
                        "MAILCHUTE_ADDRESS",
                                environment.path("MAILCHUTE_ADDRESS").asText()),
                folder);
    }

    private Settings kubernetesSettings(String pod) throws Exception {
        String name = each(container(KUBERNETES).path("env"))
                .filter(one -> one.path("name").asText().equals("MAILCHUTE_NAME"))
                .map(one -> one.path("value").asText().replace("$(POD)", pod))
                .findAny()
                .orElseThrow();
        return ManifestFile.settings(
                KUBERNETES
                        .object("ConfigMap", "mailchute")
                        .at("/data/mailchute.yaml")
                        .asText(),
                Map.of("MAILCHUTE_NAME", name),
                folder);
    }

    @Test
    void theyAreAsTheirReadersPublish() throws Exception {
        for (JsonNode object : KUBERNETES.documents()) {
            assertThat(ManifestSchemas.kubernetes(object)).as(object.toString()).isEmpty();
        }
        assertThat(ManifestSchemas.compose(COMPOSE.document())).isEmpty();
        JsonNode misspelt = COMPOSE.document();
        ((ObjectNode) misspelt.at("/services/second")).put("readonly", true);
        assertThat(ManifestSchemas.compose(misspelt)).hasSize(1);
    }

    @Test
    void ofTwoPodsOnTwoNodesTheOneThatWorksIsTheOneThatIsReached() throws Exception {
        JsonNode set = set(KUBERNETES);
        assertThat(set.path("replicas").asInt()).isEqualTo(2);
        assertThat(set.path("podManagementPolicy").asText()).isEqualTo("Parallel");
        assertThat(set.at("/updateStrategy/type").asText()).isEqualTo("OnDelete");
        JsonNode apart =
                set.at("/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
        assertThat(apart.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
        assertThat(apart.at("/labelSelector/matchLabels")).isEqualTo(set.at("/template/metadata/labels"));
        for (JsonNode object : KUBERNETES.documents()) {
            assertThat(object.at("/spec/publishNotReadyAddresses").asBoolean()).isFalse();
        }
    }

    /** Its {@code grep}, by the first line of each answer's body. */
    @Test
    void aGatewayThatWorksIsReachedWhetherItIsReadyOrNot() throws Exception {
        String asks = container(KUBERNETES).at("/readinessProbe/exec/command/2").asText();
        assertThat(asks).contains("GET /health/ready ");
        Pattern works = Pattern.compile(asks.replaceAll(".*grep -qE '([^']+)'.*", "$1"));
        assertThat(List.of("ready", "not ready: intake plant cannot be polled, see the log"))
                .allMatch(works.asPredicate());
        assertThat(List.of(
                        "standby: the gateway a.contoso.com works",
                        "HTTP/1.1 503 Service Unavailable",
                        "Content-Type: text/plain"))
                .noneMatch(works.asPredicate());
    }

    @Test
    void homeIsOneVolumeThatAllMayWrite() throws Exception {
        String claim = each(set(KUBERNETES).at("/template/spec/volumes"))
                .filter(volume -> volume.path("name").asText().equals("home"))
                .map(volume -> volume.at("/persistentVolumeClaim/claimName").asText())
                .findAny()
                .orElseThrow();
        assertThat(KUBERNETES.object("PersistentVolumeClaim", claim).at("/spec/accessModes"))
                .isEqualTo(yaml("[ReadWriteMany]"));
        assertThat(service("first").path("volumes")).isEqualTo(service("second").path("volumes"));
    }

    @Test
    void theirSettingsAreThoseOfAClusterAndDifferInNameAndAddressOnly() throws Exception {
        Settings pod = kubernetesSettings("mailchute-0");
        assertThat(pod.name()).isEqualTo("mailchute-0.contoso.com");
        assertThat(kubernetesSettings("mailchute-1").name()).isEqualTo("mailchute-1.contoso.com");
        Settings first = composeSettings("first");
        Settings second = composeSettings("second");
        assertThat(List.of(first.name(), second.name()))
                .containsExactly(
                        service("first").path("hostname").asText(),
                        service("second").path("hostname").asText())
                .doesNotHaveDuplicates();
        assertThat(List.of(pod, first, second)).allSatisfy(settings -> {
            assertThat(settings.cluster()).isPresent();
            assertThat(settings.broker().elsewhere()).isTrue();
        });
        for (String gateway : List.of("first", "second")) {
            Settings settings = composeSettings(gateway);
            String address = settings.drop().plan().externalAddress().orElseThrow();
            String passive = settings.drop().plan().passivePorts();
            assertThat(service(gateway).path("ports"))
                    .isEqualTo(yaml("['%1$s:21:%2$d', '%1$s:25:%3$d', '%1$s:%4$s:%4$s']"
                            .formatted(
                                    address,
                                    settings.drop().plan().port(),
                                    settings.smtp().get(0).plan().port(),
                                    passive)));
        }
    }

    @Test
    void whatTheirSettingsNameIsThere() throws Exception {
        Settings first = composeSettings("first");
        assertThat(first.broker().url().orElseThrow()).startsWith("tcp://broker:61616?");
        assertThat(first.cluster().orElseThrow().database().url()).startsWith("jdbc:postgresql://database/");
        assertThat(Files.readString(Path.of("deploy/container/broker.xml"))).contains("tcp://0.0.0.0:61616?");
        String text = Files.readString(Path.of("deploy/container/mailchute-cluster.yaml"));
        assertThat(Pattern.compile("/run/secrets/([a-z.-]+)")
                        .matcher(text)
                        .results()
                        .map(secret -> secret.group(1)))
                .containsOnlyElementsOf(each(service("first").path("secrets"))
                        .map(JsonNode::asText)
                        .toList());
        List<String> mounted = container(KUBERNETES).path("volumeMounts").findValuesAsText("mountPath");
        assertThat(mounted)
                .contains(
                        kubernetesSettings("mailchute-0").home().toString(),
                        "/etc/mailchute",
                        "/etc/mailchute-secrets",
                        "/etc/mailchute-tls");
        assertThat(set(KUBERNETES).at("/template/spec/volumes").findValuesAsText("name"))
                .containsAll(container(KUBERNETES).path("volumeMounts").findValuesAsText("name"));
    }

    @Test
    @DisplayName("P9: neither pod may more than that of one gateway, and its Services lead to the same ports")
    void aPodMayNoMoreThanThatOfOneGateway() throws Exception {
        for (String key : List.of("automountServiceAccountToken", "terminationGracePeriodSeconds", "securityContext")) {
            assertThat(set(KUBERNETES).at("/template/spec/" + key))
                    .isEqualTo(set(KUBERNETES_ONE).at("/template/spec/" + key));
        }
        for (String key : List.of("securityContext", "resources", "ports", "startupProbe", "livenessProbe")) {
            assertThat(container(KUBERNETES).path(key))
                    .isEqualTo(container(KUBERNETES_ONE).path(key));
        }
        for (String service : List.of("mailchute", "mailchute-ftp", "mailchute-smtp")) {
            ObjectNode one =
                    (ObjectNode) KUBERNETES_ONE.object("Service", service).path("spec");
            one.remove("publishNotReadyAddresses");
            assertThat(KUBERNETES.object("Service", service).path("spec")).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "broker", "database"})
    @DisplayName("P9: no service of Compose's cluster is root or may anything, and its secrets are files")
    void aServiceOfComposeMayNoMoreThanItNeeds(String name) throws Exception {
        JsonNode service = service(name);
        assertThat(service.path("user").asText()).matches("[1-9][0-9]+:[1-9][0-9]+");
        assertThat(service.has("cap_add") || service.has("privileged")).isFalse();
        assertThat(service.path("secrets")).isNotEmpty().allSatisfy(secret -> {
            String file = secret.path("source").asText(secret.asText());
            assertThat(COMPOSE.document().at("/secrets/" + file + "/file").asText())
                    .isEqualTo("secrets/" + file);
        });
        assertThat(service.path("environment").toString()).doesNotContainPattern("PASSWORD\"");
        JsonNode one = COMPOSE_ONE.document().at("/services/mailchute");
        for (String key : List.of("read_only", "cap_drop", "security_opt", "restart", "stop_grace_period", "logging")) {
            assertThat(service.path(key)).as(key).isEqualTo(one.path(key));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void aGatewayOfComposeIsAskedForHealthAsOneByItselfIs(String name) throws Exception {
        assertThat(service(name).path("healthcheck"))
                .isEqualTo(COMPOSE_ONE.document().at("/services/mailchute/healthcheck"));
        assertThat(service(name).path("image")).isEqualTo(COMPOSE_ONE.document().at("/services/mailchute/image"));
    }

    @Test
    void itsBrokerIsSetUpAsTheShippedFileSays() throws Exception {
        String shipped = Files.readString(Path.of("deploy/artemis/mailchute.xml"));
        String broker = Files.readString(Path.of("deploy/container/broker.xml"));
        for (String section : List.of("security-settings", "address-settings", "addresses")) {
            assertThat(section(broker, section)).isEqualTo(section(shipped, section));
        }
        Pattern.compile("^ {4}(<([a-z-]+)>\\w+</\\2>)", Pattern.MULTILINE)
                .matcher(shipped)
                .results()
                .forEach(setting -> assertThat(broker).contains(setting.group(1)));
        assertThat(service("broker").path("image").asText())
                .as("from which on strangers harm it no more, see applications.md")
                .isEqualTo("apache/artemis:2.57.0");
        assertThat(Files.readString(Path.of("deploy/container/broker-roles.properties")))
                .contains("\nmailchute = "
                        + composeSettings("first").broker().user().orElseThrow() + "\n");
    }

    private static String section(String xml, String name) {
        return xml.replaceFirst("(?s).*<" + name + ">(.*)</" + name + ">.*", "$1")
                .replaceAll("\\s+", " ");
    }
}
