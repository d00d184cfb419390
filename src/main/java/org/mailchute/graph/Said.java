package org.mailchute.graph;

import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** What became of a message at Graph, in the words of a dialogue: how far it got, and what was said there last. */
record Said(Stage stage, Reply reply) {
    static Said nothing(Stage stage, String why) {
        return new Said(stage, Reply.none(why));
    }
}
