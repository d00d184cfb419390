package org.mailchute.drop;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;

/**
 * What the server does, as the settings say.
 *
 * @param bind IP address of this machine
 * @param port of FTP and explicit FTPS (RFC 4217); 0 takes any free one
 * @param implicitPort of implicit FTPS, where TLS begins at once; empty for none
 * @param tls whether login and scan must come over TLS
 * @param certificate looked at anew by each session; empty only when {@code tls} is {@link Tls#NONE}, and without a device
 * @param passivePorts such as {@code 50000-50099}; {@code 0} takes any free one
 * @param externalAddress told to devices instead of ours, for a NAT between them and us
 * @param active also connects to devices (PORT, EPRT), to nobody but who asked for it
 * @param idle a session or transfer that is silent so long is closed; before its login it has no more than that in all
 * @param sessionAge a session is over after so long, whatever it does
 * @param maxLogins at a time, over all devices
 * @param loginDelay before a wrong password is answered; the third one ends the session
 * @param charset of names that are not UTF-8, where the device has none of its own
 */
public record DropPlan(
        String bind,
        int port,
        Optional<Integer> implicitPort,
        Tls tls,
        Optional<CertificateFiles> certificate,
        String passivePorts,
        Optional<String> externalAddress,
        boolean active,
        Duration idle,
        Duration sessionAge,
        int maxLogins,
        Duration loginDelay,
        Charset charset) {
    boolean tlsRequired() {
        return tls == Tls.REQUIRED;
    }

    /** At a time, of one device: where there are others, it leaves them half of all. */
    int loginsOfOne(int devices) {
        return devices < 2 ? maxLogins : Math.max(1, maxLogins / 2);
    }
}
