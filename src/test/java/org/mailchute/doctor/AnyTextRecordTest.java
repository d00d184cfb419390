package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.LoopbackDns;
import org.mailchute.testing.Mutations;
import org.mailchute.testing.Patience;

/** Whatever text a domain's owner publishes: findings of one line each, after a bounded number of questions. */
class AnyTextRecordTest {
    private static final String SPF =
            "v=spf1 ip4:203.0.113.0/24 ip6:2001:db8::/32 a mx:contoso.example include:spf.protection.outlook.com ~all";
    private static final String DMARC = "v=DMARC1; p=reject; rua=mailto:reports@contoso.example";
    private static final String[] WORDS = {
        " ",
        ";",
        ":",
        "=",
        "/",
        "%{i}",
        "\0",
        "\u001b[2J",
        "\u00ff",
        "\r\n",
        "include:contoso.example ",
        "redirect=contoso.example",
        " a:..",
        " mx/99",
        " ip4:999.1.1.1/99",
        " ip6::::",
        "exists:%{i}.contoso.example ",
        "include:",
        "p=",
        "-all",
        "v=spf1 ",
        "x".repeat(100)
    };

    private static String text(long seed, String good) {
        byte[] octets = new Mutations(seed, WORDS).of(good.getBytes(StandardCharsets.US_ASCII));
        String text = new String(octets, StandardCharsets.ISO_8859_1).replaceAll("[\\\\\"]", "");
        return text.substring(0, Math.min(text.length(), 127)); // fits one string of a record
    }

    private static void read(long seed) throws Exception {
        try (LoopbackDns dns = Records.mailDomain()
                .knows(
                        Records.txt("contoso.example", text(seed, SPF)),
                        Records.txt("_dmarc.contoso.example", text(seed, DMARC)),
                        Records.mx("contoso.example", "contoso-example.mail.protection.outlook.com"))) {
            Findings findings = new Findings();
            Clinic clinic = new Clinic(Clock.systemUTC(), Path.of("trust.pem"), dns.resolver());
            new DnsCheck(
                            clinic.direct("localhost", 25),
                            Clinic.TENANT,
                            findings,
                            new Zone(dns.resolver(), Patience.LONGEST),
                            List.of())
                    .run(Optional.of("203.0.113.5"));
            assertThat(findings.checks())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allMatch(check -> (check.seen() + check.remedy()).matches("[^\\p{Cc}]*"));
            assertThat(dns.questions()).as("seed %d", seed).isLessThan(80);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void isFoundOutWithoutAFault() throws Exception {
        for (long seed = 0; seed < 100; seed++) {
            read(seed);
        }
    }

    @Test
    @Tag("nightly")
    void isFoundOutWithoutAFaultWithMorePatience() throws Exception {
        for (long seed = 100; seed < 20_000; seed++) {
            read(seed);
        }
    }
}
