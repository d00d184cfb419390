package org.mailchute.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A file for containers, as its readers see it. */
record ManifestFile(Path path) {
    /** All that is in it; keys that are merged are where they are merged. */
    List<JsonNode> documents() throws Exception {
        List<JsonNode> documents = new ArrayList<>();
        load().loadAllFromString(Files.readString(path))
                .forEach(document -> documents.add(new JsonMapper().valueToTree(document)));
        return documents;
    }

    private static Load load() {
        return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    }

    JsonNode document() throws Exception {
        return documents().get(0);
    }

    /** Of Kubernetes. */
    JsonNode object(String kind, String name) throws Exception {
        return documents().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findAny()
                .orElseThrow();
    }

    static JsonNode yaml(String text) {
        return new JsonMapper().valueToTree(load().loadFromString(text));
    }

    /**
     * As the gateway reads them, with secrets that are there.
     *
     * @param folder to write into
     */
    static Settings settings(String text, Map<String, String> environment, Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        return SettingsReader.read(
                Files.writeString(
                        folder.resolve("mailchute.yaml"),
                        text.replaceAll(
                                "\\$\\{file:(/etc/mailchute-secrets|/run/secrets)/[a-z-]+}",
                                "\\${file:" + secret + "}")),
                environment);
    }
}
