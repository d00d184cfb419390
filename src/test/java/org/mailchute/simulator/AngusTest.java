package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that nobody here has written gets along with the simulator. */
class AngusTest {
    @Test
    void angusSendsTwoMessagesInOneSessionWithStartTlsAndXoauth2(@TempDir Path folder) throws Exception {
        try (Tenant tenant = new Tenant(folder, Scenario.standard())) {
            Properties settings = new Properties();
            settings.put("mail.smtp.starttls.enable", "true");
            settings.put("mail.smtp.starttls.required", "true");
            settings.put("mail.smtp.ssl.checkserveridentity", "true");
            settings.put("mail.smtp.ssl.socketFactory", tenant.trust().getSocketFactory());
            settings.put("mail.smtp.auth", "true");
            settings.put("mail.smtp.auth.mechanisms", "XOAUTH2");
            Session session = Session.getInstance(settings);
            MimeMessage message = new MimeMessage(session);
            message.setFrom(Tenant.MAILBOX);
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("guest@elsewhere.example"));
            message.setSubject("Scan");
            message.setText("body");
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect("localhost", tenant.exchange.submissionPort(), Tenant.MAILBOX, tenant.token());
                transport.sendMessage(message, message.getAllRecipients());
                transport.sendMessage(message, message.getAllRecipients());
            }
            assertThat(tenant.exchange.received())
                    .hasSize(2)
                    .extracting(Received::session)
                    .containsOnly(1);
        }
    }
}
