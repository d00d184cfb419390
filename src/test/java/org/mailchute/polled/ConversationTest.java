package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.net.ProtocolCommandEvent;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Conversation talk = new Conversation();

    private void command(String command) {
        talk.protocolCommandSent(new ProtocolCommandEvent(this, command, command + "\r\n"));
    }

    private void reply(int code, String text) {
        talk.protocolReplyReceived(new ProtocolCommandEvent(this, code, text));
    }

    @Test
    void whatComesFirstAnswersNoCommand() {
        command("LIST");
        talk.opening();
        reply(530, "530 not from there\r\n");
        assertThat(talk.latest()).contains(new FtpAnswer("", false, 530, "not from there"));
        assertThat(talk.refusal()).isEqualTo(talk.latest());
    }

    @Test
    void aTransferIsAnsweredTwice() {
        talk.opening();
        command("LIST");
        reply(150, "150 here it comes\r\n");
        assertThat(talk.owesReply()).isTrue();
        reply(426, "426 broken\r\n");
        assertThat(talk.owesReply()).isFalse();
        assertThat(talk.latest()).contains(new FtpAnswer("LIST", true, 426, "broken"));
    }

    @Test
    void theFirstRefusalIsTheCause() {
        talk.opening();
        reply(220, "220 hello\r\n");
        command("FEAT");
        reply(500, "500 what?\r\n");
        command("TYPE");
        reply(504, "504 text only\r\n");
        command("PWD");
        reply(550, "550 no\r\n");
        assertThat(talk.refusal()).contains(new FtpAnswer("TYPE", false, 504, "text only"));
    }

    @Test
    void aReplyOfManyLinesIsOne() {
        talk.opening();
        reply(530, "530-Sorry,\r\n one is not\r\n530-welcome\r\n530 here\r\n");
        assertThat(talk.latest().orElseThrow().reply()).isEqualTo("530 Sorry, one is not welcome here");
    }
}
