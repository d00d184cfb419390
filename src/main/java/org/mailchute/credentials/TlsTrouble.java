package org.mailchute.credentials;

import java.util.Locale;
import java.util.regex.Pattern;

/** Why a device and a server of ours did not come to TLS, and what its owner does about it: half a line for the log. */
public final class TlsTrouble {
    private static final Pattern UNTRUSTED = Pattern.compile("certificate_unknown|unknown_ca|bad_certificate");
    private static final Pattern OLD = Pattern.compile("protocol|no cipher suites in common|handshake_failure");
    private static final Pattern NO_TLS = Pattern.compile("unrecognized ssl message|plaintext");
    private static final int LONGEST = 200;

    private TlsTrouble() {}

    /**
     * @param fault of the handshake
     * @param old what to do about a device whose newest version is TLS 1.1
     */
    public static String said(Throwable fault, String old) {
        String said = String.valueOf(Causes.root(fault).getMessage());
        String shown = said.length() > LONGEST ? said.substring(0, LONGEST) : said;
        String known = remedy(said.toLowerCase(Locale.ROOT), old);
        return known.isEmpty() ? shown : shown + " (" + known + ")";
    }

    private static String remedy(String said, String old) {
        if (UNTRUSTED.matcher(said).find()) {
            return "the device does not trust our certificate: give it the authority's, or check the name it connects to";
        }
        if (NO_TLS.matcher(said).find()) {
            return "what the device sent is no TLS";
        }
        return OLD.matcher(said).find() ? "the device knows no TLS 1.2: " + old : "";
    }
}
