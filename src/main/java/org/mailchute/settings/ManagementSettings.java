package org.mailchute.settings;

import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;

/**
 * HTTP for health, metrics and commands. Port 0 takes any free port; empty bind address turns it off.
 *
 * @param jmx the context and its routes are among the MBeans of the process
 * @param certificate by which it is TLS
 */
public record ManagementSettings(String bind, int port, boolean jmx, Optional<CertificateFiles> certificate) {
    /** Of its addresses. */
    public String scheme() {
        return certificate.isPresent() ? "https" : "http";
    }

    /** Whether others than this machine may reach it. */
    public boolean isOpen() {
        return !bind.isEmpty() && !Hosts.loopback(bind);
    }
}
