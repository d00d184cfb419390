package org.mailchute.settings.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What an item of a list is called in a fault: its {@code name}, else its number from 1. */
final class Names {
    private Names() {}

    static String of(Node item, int number) {
        return item instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(field -> "name".equals(text(field.getKeyNode())))
                        .findFirst()
                        .map(NodeTuple::getValueNode)
                        .map(Names::text)
                        .filter(name -> name.matches("[A-Za-z0-9_.-]{1,40}"))
                        .orElse(Integer.toString(number))
                : Integer.toString(number);
    }

    private static String text(Node node) {
        return Optional.of(node)
                .filter(ScalarNode.class::isInstance)
                .map(scalar -> ((ScalarNode) scalar).getValue())
                .orElse("");
    }
}
