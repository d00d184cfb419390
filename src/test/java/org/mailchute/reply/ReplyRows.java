package org.mailchute.reply;

import java.util.List;
import java.util.Set;

/** Lets tests of other packages go through the rows of {@code replies.yaml}. */
public final class ReplyRows {
    private ReplyRows() {}

    /** One row as tests of other rooms see it. */
    public record Row(
            String at, Reply example, Set<Option> options, Set<Service> services, Set<Stage> stages, Verdict verdict) {
        @Override
        public String toString() {
            return at + " " + example;
        }
    }

    /** In the order of the file. */
    public static List<Row> shipped() throws Exception {
        return ReplyTable.load()
                .rows()
                .map(row ->
                        new Row(row.at(), row.example(), row.options(), row.services(), row.stages(), row.verdict()))
                .toList();
    }
}
