package org.mailchute.simulator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a scenario. JSON is YAML too, so there is one reader. */
final class ScenarioFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    private static final ObjectNode MAILBOX =
            JSON.createObjectNode().put("password", "").put("smtpAuth", true).set("sendAs", JSON.createArrayNode());
    private static final ObjectNode ACCOUNT = JSON.createObjectNode().put("password", "");
    private static final ObjectNode RULE =
            JSON.createObjectNode().put("times", Integer.MAX_VALUE).put("reply", "");

    private ScenarioFile() {}

    static Scenario read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            Object tree = new Load(LoadSettings.builder().build()).loadFromReader(text);
            return scenario(JSON.valueToTree(tree == null ? Map.of() : tree));
        } catch (JsonMappingException e) {
            throw new IOException(file + ": " + where(e) + e.getOriginalMessage(), e);
        } catch (YamlEngineException e) {
            throw new IOException(file + ": not YAML or JSON: " + e.getMessage(), e);
        }
    }

    static Scenario with(Scenario scenario, String key, Object value) {
        ObjectNode whole = JSON.valueToTree(scenario);
        whole.set(key, JSON.valueToTree(value));
        return JSON.convertValue(whole, Scenario.class);
    }

    private static Scenario scenario(JsonNode said) throws IOException {
        if (!(said instanceof ObjectNode keys)) {
            throw new JsonMappingException(null, "a scenario is a map of keys");
        }
        ObjectNode whole = JSON.valueToTree(Scenario.standard());
        lay(keys, whole);
        fill(whole.path("mailboxes"), MAILBOX);
        fill(whole.path("rules"), RULE);
        fill(whole.path("hveAccounts"), ACCOUNT);
        return JSON.treeToValue(whole, Scenario.class);
    }

    /** Maps are laid over maps, all else replaces. */
    private static void lay(ObjectNode over, ObjectNode under) {
        for (Map.Entry<String, JsonNode> key : over.properties()) {
            if (key.getValue() instanceof ObjectNode inner && under.get(key.getKey()) instanceof ObjectNode outer) {
                lay(inner, outer);
            } else {
                under.set(key.getKey(), key.getValue());
            }
        }
    }

    private static void fill(JsonNode list, ObjectNode standard) {
        for (JsonNode entry : list) {
            if (entry instanceof ObjectNode keys) {
                ObjectNode said = keys.deepCopy();
                keys.setAll(standard);
                keys.setAll(said);
            }
        }
    }

    private static String where(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        return path.isEmpty() ? "" : path + ": ";
    }
}
