package org.mailchute.simulator;

import java.util.List;
import org.mailchute.simulator.Scenario.App;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Connector;
import org.mailchute.simulator.Scenario.Limits;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.simulator.Scenario.Rule;

/**
 * Domain contoso.example, mailbox scanner@contoso.example; {@code leaver} does not exist, {@code busy} is refused once. What a scenario file
 * leaves out is as here.
 */
final class DemoTenant {
    static final Scenario SCENARIO = new Scenario(
            List.of("contoso.example"),
            false,
            List.of(new Mailbox("scanner@contoso.example", "demo-mailbox-password", List.of())),
            new App("contoso.example", "11111111-2222-3333-4444-555555555555", "demo-client-secret"),
            new Connector("contoso.example", List.of()),
            Limits.MICROSOFT,
            "",
            0,
            List.of(
                    new Rule(
                            "leaver",
                            At.RCPT,
                            Integer.MAX_VALUE,
                            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
                    new Rule("busy", At.RCPT, 1, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded")),
            List.of(new HveAccount("hve@contoso.example", "demo-hve-password")),
            new Communication(
                    "contoso",
                    "22222222-3333-4444-5555-666666666666",
                    List.of("contoso-smtp"),
                    List.of("*@contoso.example"),
                    30,
                    100));

    private DemoTenant() {}
}
