import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Publishes a mail request to Mailchute and prints the answer. A file on its own; Mailchute's jar has the JMS client in it:
 *
 *   export MAILCHUTE_USER=billing MAILCHUTE_PASSWORD=...
 *   java -cp mailchute.jar PublishMail.java "tcp://gateway:5671?sslEnabled=true" buyer@fabrikam.com "Your invoice"
 *
 * Authorities that Java does not know: keytool -importcert -noprompt -file ca.pem -keystore trust.p12 -storepass changeit
 * and add ;trustStorePath=trust.p12;trustStorePassword=changeit to the URL. Exit codes: 0 received, 1 refused or no answer.
 */
public class PublishMail {
    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        String request = "{\"to\": [\"%s\"], \"subject\": \"%s\", \"text\": \"Published from Java.\"}"
                .formatted(arguments[1], arguments[2]); // a real program uses a JSON library
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(url);
                JMSContext session =
                        broker.createContext(System.getenv("MAILCHUTE_USER"), System.getenv("MAILCHUTE_PASSWORD"))) {
            var answers = session.createTemporaryQueue();
            TextMessage message = session.createTextMessage(request);
            message.setJMSReplyTo(answers);
            session.createProducer().send(session.createQueue("mail.requests"), message); // returns when it is on disk
            Message answer = session.createConsumer(answers).receive(60_000);
            String said = answer == null ? "no answer within a minute" : answer.getBody(String.class);
            System.out.println(said);
            System.exit(said.toLowerCase().contains("\"kind\":\"received\"") ? 0 : 1);
        }
    }
}
