package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to be done in the tenant; {@code -Dmailchute.write=true} writes the expected files anew. Nothing here runs PowerShell. */
class TenantTextsTest {
    private static final Path EXPECTED = Path.of("src/test/resources/org/mailchute/init");

    private static TenantTexts texts(Seen seen, String... lines) {
        Answered answers = Given.answers(lines);
        return new TenantTexts(answers, seen, Proposal.of(answers, seen));
    }

    private static void isAsExpected(String text, String name) throws IOException {
        Path file = EXPECTED.resolve(name);
        if (Boolean.getBoolean("mailchute.write")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    void theScriptOfAllWaysHasTheCustomersNames() throws IOException {
        TenantTexts all = texts(
                Given.seen("mx.filter.example", 587, 25, 443),
                "from: o'brien@contoso.com",
                "send-as: ceo@contoso.com, o'hara@contoso.com",
                "known-by: 203.0.113.7",
                "lanes: submission,graph,hve,acs,relay,direct-send");
        isAsExpected(all.script(), "tenant.ps1");
        isAsExpected(all.page(), "tenant.md");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theScriptOfOneWayHasNothingOfTheOthers(Way way) {
        TenantTexts one = texts(Given.open(587, 25, 443), "known-by: 203.0.113.7", "lanes: " + way.label());
        for (Way other : Way.values()) {
            assertThat(one.script().contains("Lane " + other.lane()))
                    .as(other.label())
                    .isEqualTo(other == way);
            assertThat(one.page().contains("## Lane " + other.lane() + ":"))
                    .as(other.label())
                    .isEqualTo(other == way);
        }
        assertThat(one.script().contains("Connect-MgGraph")).isEqualTo(way.logsIn());
        assertThat(one.script().contains("Connect-ExchangeOnline")).isEqualTo(way != Way.ACS);
        assertThat(one.script()).doesNotContainPattern("(?i)secret *= *'");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(one.script()))
                .as("for any editor and shell")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client-id: 11111111-2222-3333-4444-555555555555 | $ClientId = '11111111-2222-3333-4444-555555555555'
            cloud: gcc-high                                 | $Cloud = 'GCC_HIGH'
            tenant: contoso.onmicrosoft.com                 | $Tenant = 'contoso.onmicrosoft.com'""")
    void whatElseIsKnownIsInItToo(String answer, String line) {
        Answered answers = Given.answers(answer);
        Seen seen = Seen.nothing(answers);
        assertThat(new TenantTexts(answers, seen, Proposal.of(answers, seen))
                        .script()
                        .lines()
                        .map(String::strip))
                .contains(line);
    }

    @Test
    void aConnectorByCertificateIsKnownByItsName() {
        TenantTexts relay = texts(Given.open(25), "known-by: gateway.contoso.com");
        assertThat(relay.script().lines()).contains("    $Address = ''", "    $Certificate = 'gateway.contoso.com'");
        assertThat(relay.page())
                .contains(
                        "\n   gateway.contoso.com\n",
                        "v=spf1 ip4:PUBLIC-ADDRESS include:spf.protection.outlook.com -all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "o'brien",
                "'; Remove-Item -Recurse C:\\ #",
                "''",
                "\u2019; exit; \u2018",
                "\u201A\u201B'\u2019",
                "$(Get-Secret) `$x \"y\"",
                "a\nb # c"
            })
    void noTextLeavesItsQuotes(String text) {
        String script =
                "$a = " + PowerShell.text(text) + "\n$b = " + PowerShell.list(java.util.List.of(text, text)) + "\n";
        PowerShellTokens tokens = PowerShellTokens.of(script);
        assertThat(tokens.strings()).containsExactly(text, text, text);
        assertThat(tokens.code()).isEqualTo("$a =  \n$b = @( ,  )\n");
    }

    @Test
    void noNameOfTheCustomersIsCode() {
        String mailbox = "o'brien'$`{x}'#@contoso.com";
        TenantTexts all = texts(
                Given.open(587, 25, 443),
                "from: " + mailbox,
                "send-as: a'b@contoso.com",
                "lanes: submission,graph,acs");
        PowerShellTokens tokens = PowerShellTokens.of(all.script());
        assertThat(tokens.strings()).contains(mailbox, "a'b@contoso.com", "gateway.contoso.com");
        assertThat(tokens.code()).doesNotContain("brien", "contoso", "'", "\"");
    }
}
