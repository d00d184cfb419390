package org.mailchute.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** What Kubernetes and Compose publish of the form of their files. */
final class ManifestSchemas {
    private static final JsonMapper JSON = new JsonMapper();

    private ManifestSchemas() {}

    /** The faults of a Compose file. */
    static List<String> compose(JsonNode file) throws IOException {
        return faults(read("compose-spec.json"), file);
    }

    /** The faults of an object of Kubernetes; as its server does, a key that is not known is one. */
    static List<String> kubernetes(JsonNode object) throws IOException {
        ObjectNode schema = read("/schema/validation-schema.json");
        ObjectNode definitions = (ObjectNode) schema.get("definitions");
        // The two that are written in another form than they are kept in.
        definitions.set("k8s_io_apimachinery_pkg_api_resource_Quantity", either("string", "number"));
        definitions.set("kubernetes_apimachinery_pkg_util_intstr_IntOrString", either("string", "integer"));
        definitions.forEach(ManifestSchemas::closed);
        String group = object.path("apiVersion").asText().equals("v1") ? "core" : "apps";
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "$ref",
                "#/definitions/kubernetes_" + group + "_" + object.path("kind").asText());
        root.set("definitions", definitions);
        return faults(root, object);
    }

    private static ObjectNode either(String... types) {
        ObjectNode schema = JSON.createObjectNode();
        schema.set("type", JSON.valueToTree(types));
        return schema;
    }

    private static void closed(JsonNode definition) {
        if (definition.has("properties")) {
            ((ObjectNode) definition).set("additionalProperties", BooleanNode.FALSE);
            // of JSON schema's third draft, which says it of each property
            definition.get("properties").forEach(property -> ((ObjectNode) property).remove("required"));
        }
    }

    private static List<String> faults(JsonNode schema, JsonNode file) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema).validate(file).stream()
                .map(Object::toString)
                .toList();
    }

    private static ObjectNode read(String resource) throws IOException {
        try (InputStream schema = ManifestSchemas.class.getResourceAsStream(resource)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(schema, resource));
        }
    }
}
