package org.mailchute.init;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;

/** Asks a person. */
public record Interview(BufferedReader in, PrintWriter out) {
    /** Nobody is there any more; the message says before which question. */
    public static final class Ended extends Exception {
        private static final long serialVersionUID = 1;

        private Ended(Question question) {
            super("the input ended before \"" + question.words() + "\" was answered; give it as --" + question.key()
                    + ", or all in a file by --answers");
        }
    }

    /**
     * All answers: those given, and for the others those of the person.
     *
     * @throws Ended at the end of the input
     */
    public Map<Question, String> ask(Map<Question, String> given) throws Ended, IOException {
        Map<Question, String> all = new EnumMap<>(Question.class);
        all.putAll(given);
        for (Question question : Question.values()) {
            if (question.asked() && question.matters(all) && !all.containsKey(question)) {
                all.put(question, ask(question, question.usual(all)));
            }
        }
        return all;
    }

    private String ask(Question question, String usual) throws Ended, IOException {
        while (true) {
            out.print(question.words() + (usual.isEmpty() ? ": " : " [" + usual + "]: "));
            out.flush();
            String line = in.readLine();
            if (line == null) {
                out.println();
                throw new Ended(question);
            }
            String answer = line.isBlank() ? usual : line.strip();
            if (question.takes(answer)) {
                return answer;
            }
            out.println("  " + (answer.isEmpty() ? "nothing" : '"' + answer + '"') + " is no answer: expected "
                    + question.expected());
        }
    }
}
