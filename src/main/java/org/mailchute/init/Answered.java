package org.mailchute.init;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.envelope.MailAddress;
import org.mailchute.settings.Cloud;

/**
 * What was answered.
 *
 * @param from as whom mail is sent, and whose domain is the own one
 * @param name of this machine
 * @param to who gets scans
 * @param inside whether nobody outside the own organisation may get mail
 * @param recipients in a day, about
 * @param knownBy the address or certificate's name that a connector knows us by
 * @param clientId of the application, or {@link AnswerWords#NO_ID}
 * @param sendAs further senders
 * @param lanes chosen by hand; none where they are to be proposed
 */
record Answered(
        MailAddress from,
        String name,
        List<WayIn> intakes,
        List<MailAddress> to,
        boolean inside,
        int recipients,
        Optional<String> knownBy,
        String tenant,
        String clientId,
        List<MailAddress> sendAs,
        String home,
        String folder,
        Optional<Cloud> cloud,
        List<Way> lanes) {
    /** @param given valid answers; what is not among them is as usual */
    static Answered of(Map<Question, String> given) {
        Map<Question, String> all = new EnumMap<>(Question.class);
        for (Question question : Question.values()) {
            all.put(question, given.getOrDefault(question, question.usual(all)));
        }
        Function<Question, String> said = question -> Objects.requireNonNull(all.get(question));
        return new Answered(
                MailAddress.parse(said.apply(Question.FROM)),
                AnswerWords.hostName(said.apply(Question.NAME)),
                AnswerWords.some(said.apply(Question.INTAKES), WayIn::of),
                said.apply(Question.TO).isEmpty()
                        ? List.of()
                        : AnswerWords.some(said.apply(Question.TO), MailAddress::parse),
                said.apply(Question.REACH).equals("inside"),
                AnswerWords.number(said.apply(Question.RECIPIENTS)),
                AnswerWords.knownBy(said.apply(Question.KNOWN_BY)),
                AnswerWords.tenant(said.apply(Question.TENANT)),
                AnswerWords.id(said.apply(Question.CLIENT_ID)),
                AnswerWords.any(said.apply(Question.SEND_AS), MailAddress::parse),
                AnswerWords.path(said.apply(Question.HOME)),
                AnswerWords.path(said.apply(Question.FOLDER)),
                AnswerWords.cloud(said.apply(Question.CLOUD)),
                AnswerWords.any(said.apply(Question.LANES), Way::of));
    }

    /** The own one. */
    String domain() {
        return from.domain();
    }

    /** Those of the own organisation, as far as they are known: who gets scans is inside where everybody is. */
    List<String> domains() {
        Stream<MailAddress> more = inside ? to.stream() : Stream.of();
        return Stream.concat(Stream.of(from), more)
                .map(MailAddress::domain)
                .distinct()
                .toList();
    }

    /** Whether mail has senders that are not told here. */
    boolean manySenders() {
        return sendAs.isEmpty() && intakes.stream().anyMatch(WayIn::manySenders);
    }

    /** The address that a connector knows us by. */
    Optional<String> address() {
        return knownBy.filter(AnswerWords::address);
    }

    /** The name in the certificate that a connector knows us by. */
    Optional<String> certificate() {
        return knownBy.filter(name -> !AnswerWords.address(name));
    }
}
