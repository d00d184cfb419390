package org.mailchute.settings;

import java.time.Duration;
import java.util.List;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.DeviceText;
import org.mailchute.intake.DotStuffing;
import org.mailchute.intake.ReadyRule;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.spool.Priority;

/** The list {@code intake.pickup}: folders in which applications put whole messages. */
final class PickupReader {
    /** The header, in which base64 has no part. */
    private static final long HEADER = 64 << 10;
    /** As Exchange's PickupDirectoryMaxRecipientsPerMessage. */
    private static final int RECIPIENTS = 100;

    private static final Kind<DotStuffing> DOTS = Kinds.oneOf(List.of(DotStuffing.values()));
    private static final Kind<Priority> PRIORITY = Kinds.oneOf(List.of(Priority.values()));

    private PickupReader() {}

    /** @param maxBytes what accept allows, before base64 */
    static IntakePlan.Pickup read(Section intake, long maxBytes) {
        String name = intake.required("name", Kinds.ID);
        return new IntakePlan.Pickup(
                name,
                intake.required("folder", IntakeSettings.watched(intake)),
                intake.optional("rejected", intake.path()),
                intake.value("poll", IntakeSettings.POLL, Duration.ofSeconds(1)),
                intake.value("stableFor", IntakeSettings.STABLE, Duration.ofSeconds(5)),
                intake.value("dotStuffed", DOTS, DotStuffing.AUTO),
                false,
                new ReadyRule(
                        name,
                        intake.optional("from", Kinds.ADDRESS),
                        senders(intake),
                        intake.value("maxRecipients", Kinds.whole(1, 10_000), RECIPIENTS),
                        asSent(maxBytes),
                        false,
                        intake.value("charset", Kinds.CHARSET, DeviceText.WINDOWS),
                        intake.value("priority", PRIORITY, Priority.NORMAL)));
    }

    /** What base64 makes of so much, with a header. */
    static long asSent(long maxBytes) {
        return maxBytes / 57 * 78 + HEADER;
    }

    /** Whoever may write to the folder sends as whom he likes, so it is said who that may be. */
    private static List<AddressPattern> senders(Section intake) {
        if (!intake.has("senders")) {
            intake.missing("senders", "a list of addresses, *@domain, *@*.domain or *");
        }
        List<AddressPattern> senders = intake.list("senders", Kinds.ADDRESSES);
        if (senders.contains(new AddressPattern("*"))) {
            intake.warning("senders", "\"*\"", "your own addresses, such as \"*@contoso.com\"");
        }
        return senders;
    }
}
