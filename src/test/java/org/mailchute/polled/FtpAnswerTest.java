package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FtpAnswerTest {
    private static final Site SITE = new Site("ftp.contoso.example", 2121, "scanner", "in", 1000, false);

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # command | preliminary reply before | code | refused
            ''   | false | 220 | false
            ''   | false | 421 | true
            ''   | false | 120 | false
            AUTH | false | 234 | false
            AUTH | false | 334 | true
            USER | false | 230 | false
            USER | false | 331 | false
            USER | false | 530 | true
            PASS | false | 230 | false
            PASS | false | 332 | true
            TYPE | false | 504 | true
            PASV | false | 227 | false
            LIST | false | 150 | false
            LIST | true  | 226 | false
            LIST | true  | 250 | false
            LIST | false | 226 | true
            LIST | true  | 426 | true
            LIST | false | 550 | true
            RETR | false | 226 | true
            RETR | true  | 226 | false
            CWD  | false | 550 | true
            DELE | false | 550 | true
            DELE | false | 250 | false
            FEAT | false | 502 | false
            NOOP | false | 502 | false
            PWD  | false | 550 | false
            QUIT | false | 500 | false
            """)
    void whatIsRefused(String command, boolean begun, int code, boolean refused) {
        assertThat(new FtpAnswer(command, begun, code, "").refused()).isEqualTo(refused);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            450 | No files found                | true
            550 | No files found.               | true
            550 | no matching files in /        | true
            550 | No data sets found.           | true
            550 | Directory is empty            | true
            550 | No such file or directory     | false
            550 | nowhere: No such file         | false
            550 | Permission denied             | false
            425 | No files found                | false
            """)
    void onlySomeRefusalsMeanAnEmptyFolder(int code, String text, boolean empty) {
        assertThat(new FtpAnswer("LIST", false, code, text).meansEmpty()).isEqualTo(empty);
        assertThat(new FtpAnswer("LIST", true, code, text).meansEmpty()).isFalse();
        assertThat(new FtpAnswer("RETR", false, code, text).meansEmpty()).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            LIST | 522 | SSL connection failed: session reuse required                | require_ssl_reuse=NO
            LIST | 425 | Unable to build data connection: Operation not permitted     | NoSessionReuseRequired
            RETR | 425 | TLS session of data connection not resumed                   | NoSessionReuseRequired
            LIST | 425 | Failed to establish connection.                              | open the server's passive ports
            AUTH | 502 | Not implemented                                              | tls: implicit
            PROT | 536 | No                                                           | PROT P
            PBSZ | 503 | Not now                                                      | PROT P
            CWD  | 550 | No such directory                                            | make the folder "in" at the server, let the user "scanner" enter
            LIST | 550 | Denied                                                       | let the user "scanner" list the folder "in"
            DELE | 421 | Bye                                                          | raise its limit
            SYST | 500 | What?                                                        | look into the server's log
            """)
    void eachRefusalHasItsRemedy(String command, int code, String text, String remedy) {
        assertThat(SITE.tells(new FtpAnswer(command, false, code, text)))
                .startsWith("the server answers " + command + " with \"" + code + " " + text + "\"; ")
                .contains(remedy);
    }

    @Test
    void aServerWritesNothingIntoOurLogButOneShortLine() {
        FtpAnswer hostile = new FtpAnswer("LIST", false, 550, "no\r\nINFO all is well\u001b[2J" + "x".repeat(1000));
        assertThat(hostile.reply()).hasSizeLessThan(320).doesNotContain("\r", "\n", "\u001b");
    }

    @Test
    void aFolderThatTheUserLandsInHasNoName() {
        assertThat(new Site("h", 21, "u", "", 1000, false).tells(new FtpAnswer("LIST", false, 550, "no")))
                .contains("the folder it lands in");
    }
}
