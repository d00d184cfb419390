package org.mailchute.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.Map;

/** One JSON object; a key inside another object is written with a dot between, {@code user.email}. */
record JsonForm(FieldKeys keys) implements SidecarForm {
    private static final int DEEPEST = 8;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public SidecarText read(byte[] content, Charset otherwise) throws UnfitSidecar {
        JsonNode root = parsed(Decoded.text(content, otherwise));
        if (!root.isObject()) {
            throw new UnfitSidecar("it is not one JSON object", "begin it with { and end it with }");
        }
        SidecarText said = new SidecarText();
        walk(root, "", said);
        return said;
    }

    private static JsonNode parsed(String text) throws UnfitSidecar {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            String problem = String.valueOf(e.getOriginalMessage()).replaceAll("[\\s\\p{C}]+", " ");
            throw new UnfitSidecar(
                    line + "not JSON: " + (problem.length() > 200 ? problem.substring(0, 200) + "..." : problem),
                    "correct it; each key once, no deeper than " + DEEPEST);
        }
    }

    private void walk(JsonNode node, String path, SidecarText said) throws UnfitSidecar {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> each = node.fields(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = each.next();
                walk(entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), said);
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                walk(element, path, said);
            }
        } else {
            keys.put(said, path, node.isNull() ? "" : node.asText(), "key " + UnfitSidecar.shown(path));
        }
    }
}
