package org.mailchute.settings.yaml;

import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a node is. Tags other than YAML's plain ones mean nothing here and are refused. */
final class Tags {
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private Tags() {}

    static boolean plain(Node node) {
        return PLAIN.contains(node.getTag());
    }

    static boolean nothing(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** For a fault; never the text itself, for it stands where another kind of thing should be. */
    static String described(Node node) {
        if (!plain(node)) {
            return "a YAML tag (!...)";
        }
        if (node instanceof MappingNode) {
            return "a section of keys";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return nothing(node) ? "nothing" : "a single value";
    }
}
