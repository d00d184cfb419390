package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.MailAddress;

class WhoTest {
    private static final List<MailAddress> FIXED = List.of(MailAddress.parse("office@contoso.com"));
    private static final Map<String, List<MailAddress>> TABLE = Map.of(
            Who.key("Reception"), List.of(MailAddress.parse("a@contoso.com"), MailAddress.parse("b@contoso.com")),
            Who.key("M\u00fcller"), List.of(MailAddress.parse("mueller@contoso.com")));

    private static Who who(boolean fixed) {
        return new Who(
                true,
                fixed,
                TABLE,
                Optional.of(NamePattern.parse("(?P<user>[^_]+)_(?P<device>[a-z0-9]*).*\\.pdf")),
                Optional.of("{user}@contoso.com"));
    }

    private static String find(Who who, String subfolder, String name) throws Refused {
        return who.find(Optional.empty(), subfolder, name, FIXED).to().stream()
                .map(Object::toString)
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "anna@contoso.com, scan.pdf, anna@contoso.com",
        "Anna@CONTOSO.com, scan.pdf, Anna@contoso.com",
        "reception, scan.pdf, a@contoso.com b@contoso.com",
        "RECEPTION, scan.pdf, a@contoso.com b@contoso.com",
        "RECEPTION, ben_1.pdf, a@contoso.com b@contoso.com",
        "mu\u0308ller, scan.pdf, mueller@contoso.com",
        "'', ben_1.pdf, ben@contoso.com",
        "'', BEN_1.PDF, BEN@contoso.com",
        "'', reception_1.pdf, a@contoso.com b@contoso.com",
        "'', scan.pdf, office@contoso.com",
        "'', ben_1.tif, office@contoso.com"
    })
    void theSubfolderComesBeforeTheNameAndTheNameBeforeTheFixedRecipients(String subfolder, String name, String to)
            throws Exception {
        assertThat(find(who(false), subfolder, name)).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "anna@",
                "@contoso.com",
                "anna@contoso.com anna@fabrikam.com",
                "anna@contoso.com,ben@contoso.com",
                "\"anna ben\"@contoso.com",
                "anna@contoso.com\r\nBcc: all@contoso.com",
                "<anna@contoso.com>",
                "anna@[10.0.0.1]",
                "anna@contoso..com",
                "..",
                " ",
                "an\0na@contoso.com",
                "\u202eanna@contoso.com"
            })
    void anUnknownSubfolderIsRefusedOnOneLineUnlessTheSettingsSayFixed(String subfolder) throws Exception {
        Refused refused = catchThrowableOfType(
                Refused.class, () -> who(false).find(Optional.empty(), subfolder, "scan.pdf", FIXED));
        assertThat(refused.reason())
                .startsWith("nobody is known for the sub-folder")
                .doesNotContainPattern("\\p{C}");
        assertThat(find(who(true), subfolder, "scan.pdf")).isEqualTo("office@contoso.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@evil.example_1.pdf",
                "anna ben_1.pdf",
                "a\"b_1.pdf",
                "<anna>_1.pdf",
                "anna\rBcc: x_1.pdf",
                ".anna_1.pdf",
                "anna%evil.example_1.pdf",
                "evil.example!anna_1.pdf",
                "anna\u0007_1.pdf",
                "anna;ben_1.pdf",
                "\u0430nna_1.pdf"
            })
    void aUserWhoMakesNoAddressIsRefusedAndNeverGuessed(String name) {
        Refused refused = catchThrowableOfType(Refused.class, () -> who(false).find(Optional.empty(), "", name, FIXED));
        assertThat(refused.reason()).contains("makes no mail address").doesNotContainPattern("\\p{C}");
    }

    @Test
    void aRouteInsideTheNameOfASubfolderIsNoAddress() {
        assertThat(catchThrowableOfType(
                        Refused.class,
                        () -> who(false).find(Optional.empty(), "anna%evil.example@contoso.com", "scan.pdf", FIXED)))
                .hasMessageContaining("nobody is known");
    }

    @Test
    void whatTheNameTellsFillsTheFieldsAlsoWhereTheSubfolderDecides() throws Exception {
        assertThat(who(false)
                        .find(Optional.empty(), "reception", "ben_mx2-1.pdf", FIXED)
                        .fields())
                .containsOnly(Map.entry("user", "ben"), Map.entry("device", "mx2"));
    }

    @Test
    void withoutFoldersTheSubfolderMeansNothing() throws Exception {
        assertThat(find(Who.FIXED, "unknown", "scan.pdf")).isEqualTo("office@contoso.com");
    }

    @Test
    void aUserInNeitherTableNorTemplateLeavesItToTheFixedRecipients() throws Exception {
        Who tableOnly =
                new Who(false, false, TABLE, Optional.of(NamePattern.parse("(?P<user>[a-z]+)_.*")), Optional.empty());
        assertThat(find(tableOnly, "", "ben_1.pdf")).isEqualTo("office@contoso.com");
        assertThat(find(tableOnly, "", "reception_1.pdf")).startsWith("a@contoso.com");
    }

    @Test
    void noNameMakesThePatternBacktrack() {
        NamePattern catastrophic = NamePattern.parse("(?<user>(a+)+)+b");
        assertThat(catastrophic.read("a".repeat(254))).isEmpty();
        assertThat(catastrophic.read("a".repeat(300) + "b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[a-z]+",
                "(?P<other>.*)",
                "(?P<user>.*)(?P<more>.*)",
                "(?P<user>.*",
                "(?P<user>.)\\1",
                "(?=x)(?P<user>.)"
            })
    void aPatternThatIsNoneOrNamesNoUserIsAFault(String expression) {
        assertThatThrownBy(() -> NamePattern.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna@contoso.com",
                "{user}@",
                "{user}@contoso..com",
                "{user} <x@contoso.com>",
                "{user}\r\n@contoso.com"
            })
    void anAddressTemplateThatMakesNoAddressIsAFault(String template) {
        assertThatThrownBy(() -> Who.address(template)).isInstanceOf(IllegalArgumentException.class);
    }
}
