package org.mailchute.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mailchute.proof.FaultyServer.Fault;
import org.mailchute.proof.FaultyServer.Step;

/**
 * A row of {@code proof/next-hop-faults.csv}, with a lane of its own.
 *
 * @param where the step at which it goes wrong
 * @param what goes wrong
 * @param then what becomes of the message first
 * @param copies that the server has in the end; 0 where none is waited for
 * @param always also in the build of each commit
 */
record FaultRow(int number, String where, String what, String then, int copies, boolean always) {
    static List<FaultRow> all() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(FaultRow.class.getResourceAsStream("/proof/next-hop-faults.csv"))) {
            List<FaultRow> rows = new ArrayList<>();
            String[] lines = new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            for (int number = 1; number < lines.length; number++) {
                rows.add(row(number, lines[number].split(",")));
            }
            return rows;
        }
    }

    private static FaultRow row(int number, String... cells) {
        return new FaultRow(
                number, cells[0], cells[1], cells[2], Integer.parseInt(cells[3]), cells[4].equals("always"));
    }

    boolean ofTheDns() {
        return where.equals("dns");
    }

    boolean ofTheToken() {
        return where.equals("token");
    }

    boolean stalls() {
        return what.equals("stall");
    }

    /** Nobody listens. */
    boolean isNobody() {
        return what.equals("refused");
    }

    Step step() {
        return Step.valueOf(where.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    Fault fault() {
        return Fault.valueOf(what.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String lane() {
        return "fault" + number;
    }

    String domain() {
        return lane() + ".rows.example";
    }

    String sender() {
        return lane() + "@contoso.example";
    }

    String recipient() {
        return "anna@" + domain();
    }

    String request() {
        return "{\"from\": \"%s\", \"to\": [\"%s\"], \"subject\": \"%s\", \"text\": \"Text.\"}"
                .formatted(sender(), recipient(), lane());
    }

    @Override
    public String toString() {
        return where + ": " + what + ": " + then;
    }
}
