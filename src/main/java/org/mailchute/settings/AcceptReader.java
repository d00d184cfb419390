package org.mailchute.settings;

import java.util.List;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code accept}: who may send to whom. Nobody may unless it is written here (promise P9). */
final class AcceptReader {
    /** 35 MB on the wire, Microsoft's default, once base64 has added its third. */
    private static final long SIZE = Sizes.parse("25MB");

    private static final int RECIPIENTS = 500;
    private static final Kind<String> HEADER = Kinds.text(
            "a header field named X-... or List-... (perhaps with * at its end) that no mail server writes",
            text -> text.matches("(?i)(X|List)-[A-Za-z0-9-]{1,70}\\*?")
                    && new HeaderPolicy(List.of(text))
                            .fault(text.replace("*", ""), "")
                            .isEmpty());

    private AcceptReader() {}

    static AcceptPolicy read(Section accept) {
        List<AddressPattern> senders = list(accept, "senders");
        if (senders.contains(new AddressPattern("*"))) {
            accept.warning("senders", "\"*\"", "your own addresses, such as \"*@contoso.com\"");
        }
        return new AcceptPolicy(
                senders,
                list(accept, "recipients"),
                accept.value("maxRecipients", Kinds.whole(1, 10_000), RECIPIENTS),
                accept.value("maxSize", Kinds.size("1KB", "150MB"), SIZE),
                new HeaderPolicy(accept.list("headers", HEADER)));
    }

    private static List<AddressPattern> list(Section accept, String key) {
        if (!accept.has(key)) {
            accept.missing(key, "a list of addresses, *@domain, *@*.domain or *");
        }
        return accept.list(key, Kinds.ADDRESSES);
    }
}
