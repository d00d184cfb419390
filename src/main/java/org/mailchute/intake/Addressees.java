package org.mailchute.intake;

import java.util.List;
import java.util.Map;
import org.mailchute.envelope.MailAddress;

/**
 * Who gets a scan.
 *
 * @param to recipients shown in To
 * @param origin from where they are known, fit for a person
 * @param fields what else was found: {@code user}, {@code device}, and what a sidecar says
 */
public record Addressees(List<MailAddress> to, String origin, Map<String, String> fields) {
    public Addressees {
        to = List.copyOf(to);
        fields = Map.copyOf(fields);
    }
}
