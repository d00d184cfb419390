package org.mailchute.bench;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The least that sends: one thread, one kept Angus session, no queue, nothing durable. Its sockets do not delay (Angus' own
 * do, which costs 40 ms a message here), so that it is the best that Angus can do.
 */
final class AngusLoop implements Contender {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void start(Path folder, Peer peer) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "localhost");
        properties.put("mail.smtp.port", Integer.toString(peer.port()));
        properties.put("mail.smtp.socketFactory", new Undelayed());
        if (peer.trust().isPresent()) {
            properties.put("mail.smtp.starttls.required", "true");
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    peer.sslParameters()
                            .createSSLContext(new DefaultCamelContext())
                            .getSocketFactory());
        }
        Session session = Session.getInstance(properties);
        Thread loop = new Thread(() -> run(folder, session), "angus-loop");
        loop.setDaemon(true);
        loop.start();
    }

    private static final class Undelayed extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("Angus connects the sockets itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(host.getHostName(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return createSocket(host, port);
        }
    }

    private void run(Path folder, Session session) {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                File[] files = folder.toFile().listFiles();
                for (File file : files == null ? new File[0] : files) {
                    send(session, transport, file);
                }
            }
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Session session, Transport transport, File file) throws MessagingException, IOException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("A scan.");
        MimeBodyPart scan = new MimeBodyPart();
        scan.attachFile(file, "application/pdf", "base64");
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("scanner@contoso.example"));
        message.setRecipients(Message.RecipientType.TO, "anna@contoso.example");
        message.setSubject(file.getName());
        message.setContent(new MimeMultipart(text, scan));
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
        Files.delete(file.toPath());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
