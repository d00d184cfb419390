package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("P9: applications set only header fields that the settings list")
class HeaderPolicyTest {
    private final HeaderPolicy all = new HeaderPolicy(List.of("*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From",
                "TO",
                "cc",
                "Bcc",
                "Sender",
                "Reply-To",
                "Subject",
                "Date",
                "Message-ID",
                "Received",
                "Return-Path",
                "Auto-Submitted",
                "Content-Type",
                "Content-Transfer-Encoding",
                "content-anything",
                "MIME-Version",
                "DKIM-Signature",
                "ARC-Seal",
                "Authentication-Results",
                "Resent-From",
                "Resent-Bcc",
                "X-MS-Exchange-Organization-SCL",
                "x-ms-exchange-anything",
                "Received-SPF",
                "Delivered-To",
                "X-Microsoft-Antispam",
                "X-Forefront-Antispam-Report",
                "X-Sender",
                "X-Receiver",
                "Disposition-Notification-To"
            })
    void aFieldThatIsOursOrTheServersNeverPasses(String name) {
        assertThat(all.fault(name, "value")).isPresent();
        assertThat(new HeaderPolicy(List.of(name)).fault(name, "value")).isPresent();
    }

    @Test
    void onlyListedNamesAndBeginningsPass() {
        HeaderPolicy policy = new HeaderPolicy(List.of("X-Invoice", "List-*"));

        assertThat(policy.fault("X-Invoice", "4711")).isEmpty();
        assertThat(policy.fault("x-invoice", "4711")).isEmpty();
        assertThat(policy.fault("List-Unsubscribe", "<https://x.example>")).isEmpty();
        assertThat(policy.fault("X-Invoice-Number", "4711")).isPresent();
        assertThat(policy.fault("X-Other", "4711")).isPresent();
        assertThat(new HeaderPolicy(List.of()).fault("X-Invoice", "4711")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Own", "X-Own:", "X-Own: a\r\nBcc", "X-\u00e4", "X-\u0000", "X-Own\n", ":"})
    void whatIsNoFieldNameNeverPasses(String name) {
        assertThat(all.fault(name, "value")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: b@x.example",
                "a\n b",
                "a\rb",
                "a\u0000",
                "a\tb",
                "a\u007f",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b"
            })
    void aLineEndOrControlInAValueNeverPasses(String value) {
        assertThat(all.fault("X-Own", value)).contains("has a line end or control character in its value");
    }

    @Test
    void aValueMayHaveNineHundredOctets() {
        assertThat(all.fault("X-Own", "a".repeat(900))).isEmpty();
        assertThat(all.fault("X-Own", "a".repeat(901))).isPresent();
        assertThat(all.fault("X-Own", "\u00e4".repeat(451))).isPresent();
        assertThat(all.fault("X".repeat(77), "a")).isPresent();
    }
}
