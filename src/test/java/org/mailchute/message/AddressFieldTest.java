package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address field means, however it is written (RFC 5322 section 3.4, RFC 2047 section 5). */
class AddressFieldTest {
    private static AddressField read(String text) throws UnfitMessage {
        return AddressField.read("To", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@contoso.com",
                "<a@contoso.com>",
                "a@contoso.com (Anna)",
                "Anna A. Meier <a@contoso.com>",
                "\"Meier, Anna\" <a@contoso.com>, b@contoso.com",
                "\"Meier <b@contoso.com>, \\\"Anna\\\"\" <a@contoso.com>",
                "=?utf-8?Q?M=C3=BCller?= Hans <a@contoso.com>",
                "Scan (2nd floor, left) <a@contoso.com>",
                "undisclosed-recipients:;",
                "Team: a@contoso.com, \"B, B\" <b@contoso.com>;, c@contoso.com",
                "scan@[10.0.0.1]",
                "scan@[IPv6:fe80::1], \"a b\"@contoso.com",
                ""
            })
    void whatIsWrittenAsItShouldBeStays(String text) throws Exception {
        assertThat(read(text).proper()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Mueller, Hans <h@x.com>|\"Mueller, Hans\" <h@x.com>",
                "Mueller, Hans, Dr. <h@x.com>, Meier, Eva <e@x.com>|\"Mueller, Hans, Dr.\" <h@x.com>,\"Meier, Eva\" <e@x.com>",
                "a@x.com, Mueller, Hans <h@x.com>, b@x.com|a@x.com,\"Mueller, Hans\" <h@x.com>,b@x.com",
                "h@x.com <h@x.com>|\"h@x.com\" <h@x.com>",
                "Hans @ Home <h@x.com>|\"Hans @ Home\" <h@x.com>",
                "Scan [2nd floor] <h@x.com>|\"Scan [2nd floor]\" <h@x.com>",
                "Scan: floor 2 <h@x.com>|\"Scan: floor 2\" <h@x.com>",
                "Scan: floor 2; left <h@x.com>|\"Scan: floor 2; left\" <h@x.com>",
                "Mueller; Hans <h@x.com>|\"Mueller; Hans\" <h@x.com>",
                "O\"Brien <h@x.com>, \"Eva\" <e@x.com>|\"O\\\"Brien\" <h@x.com>,\"Eva\" <e@x.com>",
                "\"Hans <h@x.com>, \"Eva\" <e@x.com>|\"\\\"Hans\" <h@x.com>,\"Eva\" <e@x.com>",
                "Scan (2 <h@x.com>|\"Scan (2\" <h@x.com>",
                "CONTOSO\\hans <h@x.com>|\"CONTOSO\\\\hans\" <h@x.com>",
                "Hans < Eva <h@x.com>|\"Hans < Eva\" <h@x.com>",
                "=?utf-8?Q?Mueller,_Hans?= <h@x.com>|\"Mueller, Hans\" <h@x.com>",
                "=?utf-8?Q?h@x.com,_(Scan)?= <h@x.com>|\"h@x.com, (Scan)\" <h@x.com>",
                "Müller, Jörg <j@x.com>|=?UTF-8?B?TcO8bGxlciwgSsO2cmc=?= <j@x.com>",
                "Hans < h@x.com >|\"Hans\" <h@x.com>",
                "Hans <@a.com,@b.com:h@x.com>|\"Hans\" <h@x.com>",
                "a@x.com; b@x.com;|a@x.com,b@x.com",
                "a@x.com b@x.com|a@x.com,b@x.com",
                ",a@x.com,, b@x.com,|a@x.com,b@x.com",
                "Team: Mueller, Hans <h@x.com>, b@x.com; c@x.com|\"Team\": \"Mueller, Hans\" <h@x.com>,b@x.com;,c@x.com",
                "Buchhaltung, 2. OG|\"Buchhaltung, 2. OG\":;",
                "undisclosed-recipients:|\"undisclosed-recipients\":;",
                "Scanner <scanner>|\"Scanner <scanner>\":;",
                "jörg@x.com|=?UTF-8?B?asO2cmdAeC5jb20=?=:;",
            })
    void whatDoesNotBelongInANameIsRepairedWhereTheMeaningIsPlain(String text, String repaired) throws Exception {
        AddressField field = read(text);
        assertThat(field.toString().replace("\r\n ", "").replace(",\r\n", ",")).isEqualTo(repaired);
        assertThat(field.proper()).isEqualTo(text.equals("jörg@x.com"));
        assertThat(read(field.toString().replace("\r\n", "")).proper()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.com, Hans",
                "Hans, a@x.com",
                "Hans a@x.com",
                "Hans <a@x.com",
                "Hans <a@x.com> Eva <e@x.com>",
                "<a@x.com> Hans",
                "<<a@x.com>>",
                "a@x.com@y.com",
                "Hans <a@x.com b@x.com>",
                "Hans <mailto:a@x.com>",
                "Team: a@x.com, Hans <h@x.com>",
                "Team: a@x.com, Hans;",
                "Scanner <scanner>, Hans <h@x.com>",
                "\"a@x.com",
            })
    void whatIsNotPlainIsRefusedWithTheReason(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(UnfitMessage.class, e -> {
            assertThat(e.reason()).startsWith("header field To: ").endsWith("is no mail address");
            assertThat(e.remedy()).contains("in quotes");
        });
    }

    @Test
    void namesAreReadAsPeopleReadThem() throws Exception {
        assertThat(read("=?utf-8?Q?M=C3=BCller,?= =?utf-8?Q?_Hans?= <h@x.com>").firstName())
                .hasValue("Müller, Hans");
        assertThat(read("\"Mueller \\\"H\\\", Hans\" <h@x.com>").firstName()).hasValue("Mueller \"H\", Hans");
        assertThat(read("h@x.com (Hans)").firstName()).hasValue("Hans");
        assertThat(read("h@x.com, Eva <e@x.com>").firstName()).isEmpty();
    }

    @Test
    void aListOfManyOnOneLineIsWrittenOneALine() throws Exception {
        String list = IntStream.range(0, 500)
                .mapToObj(number -> "somebody" + number + "@x.com")
                .collect(Collectors.joining(","));
        assertThat(read(list).toString().lines()).hasSize(500);
    }
}
