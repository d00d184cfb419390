package org.mailchute.smtp;

import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** The peer in the words of Angus Mail, one set for each session because the socket factories belong to its wire. */
final class SessionProperties {
    private final SmtpPeer peer;
    private final Properties properties = new Properties();

    private SessionProperties(SmtpPeer peer) {
        this.peer = peer;
    }

    static Properties of(SmtpPeer peer, SessionLogin login, SSLContext context, Wire wire) {
        SessionProperties made = new SessionProperties(peer);
        made.connection(wire);
        made.tls(wire.tls(context.getSocketFactory()), demanded(peer, login));
        made.set("auth", String.valueOf(!login.anonymous()));
        made.set("auth.mechanisms", login.mechanisms());
        return made.properties;
    }

    /** A secret never crosses a connection that anybody on the way could have made plain: OPTIONAL then means REQUIRED. */
    static SmtpPeer.Tls demanded(SmtpPeer peer, SessionLogin login) {
        boolean secret = !login.anonymous();
        return secret && peer.tls() == SmtpPeer.Tls.OPTIONAL ? SmtpPeer.Tls.REQUIRED : peer.tls();
    }

    private void connection(Wire wire) {
        set("localhost", peer.ehloName());
        peer.sourceAddress().ifPresent(address -> set("localaddress", address));
        set("connectiontimeout", millis(peer.times().connect()));
        set("timeout", millis(peer.times().reply()));
        set("quitwait", "false");
        put("socketFactory", wire.sockets());
        // else Angus would try once more with a socket of its own
        set("socketFactory.fallback", "false");
    }

    private void tls(SSLSocketFactory sockets, SmtpPeer.Tls tls) {
        set("starttls.enable", String.valueOf(tls != SmtpPeer.Tls.NONE));
        set("starttls.required", String.valueOf(tls == SmtpPeer.Tls.REQUIRED));
        set("ssl.checkserveridentity", String.valueOf(tls == SmtpPeer.Tls.REQUIRED));
        set("ssl.protocols", "TLSv1.2 TLSv1.3");
        put("ssl.socketFactory", sockets);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private void set(String name, String value) {
        properties.setProperty("mail.smtp." + name, value);
    }

    private void put(String name, Object value) {
        properties.put("mail.smtp." + name, value);
    }
}
