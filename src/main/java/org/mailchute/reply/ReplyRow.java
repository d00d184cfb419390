package org.mailchute.reply;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One row of {@code replies.yaml}: which replies it knows and what they mean. An empty list of codes, enhanced codes or
 * texts asks for nothing.
 *
 * @param at file and line, for messages
 * @param codes reply codes; {@link Reply#NO_REPLY} among them for a connection that gave none
 * @param texts fragments in lower case, one of which must be in the reply
 * @param example a reply this row must judge
 */
record ReplyRow(
        String at,
        List<Integer> codes,
        List<EnhancedRange> enhanced,
        List<String> texts,
        Set<Option> options,
        Set<Service> services,
        Set<Stage> stages,
        Verdict verdict,
        Reply example) {

    /** The more specific row is the greater one. Between equals there is no order; the table lets the later row win. */
    static final Comparator<ReplyRow> SPECIFICITY = Comparator.comparingInt(ReplyRow::criteria)
            .thenComparing(row -> row.stages.size(), Comparator.reverseOrder())
            .thenComparing(row -> row.options.size(), Comparator.reverseOrder())
            .thenComparing(row -> row.services.size(), Comparator.reverseOrder())
            .thenComparing(
                    row -> row.texts.stream().mapToInt(String::length).max().orElse(0));

    boolean matches(Option option, Service service, Stage stage, Reply reply) {
        return options.contains(option)
                && services.contains(service)
                && stages.contains(stage)
                && codeMatches(reply)
                && enhancedMatches(reply)
                && textMatches(reply);
    }

    /** Enhanced and text over enhanced over text over code. */
    private int criteria() {
        return (enhanced.isEmpty() ? 0 : 4) + (texts.isEmpty() ? 0 : 2) + (codes.isEmpty() ? 0 : 1);
    }

    /** Exchange Online sends one enhanced code under several reply codes, so beside one only the first digit counts. */
    private boolean codeMatches(Reply reply) {
        if (codes.isEmpty()) {
            return reply.code() != Reply.NO_REPLY;
        }
        return enhanced.isEmpty()
                ? codes.contains(reply.code())
                : codes.stream().anyMatch(code -> code / 100 == reply.code() / 100);
    }

    private boolean enhancedMatches(Reply reply) {
        return enhanced.isEmpty()
                || reply.enhanced()
                        .filter(code -> enhanced.stream().anyMatch(range -> range.contains(code)))
                        .isPresent();
    }

    /** Each line of a long reply begins with the enhanced code (RFC 2034 section 4); a fragment may run over two lines. */
    private boolean textMatches(Reply reply) {
        String code = reply.enhanced().map(EnhancedStatusCode::toString).orElse("\n");
        String text = reply.text().replace(code + " ", "").toLowerCase(Locale.ROOT);
        return texts.isEmpty() || texts.stream().anyMatch(text::contains);
    }

    @Override
    public String toString() {
        return at + " " + example;
    }
}
