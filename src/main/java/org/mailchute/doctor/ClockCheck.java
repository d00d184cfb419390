package org.mailchute.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.TlsSource;

/** Compares this machine's clock with the Date of Entra's answer (RFC 9110 section 6.6.1); tokens end by the clock. */
record ClockCheck(Findings findings, Clock clock, Duration timeout) {
    /** What Entra allows for. */
    private static final Duration MOST = Duration.ofMinutes(5);

    void run(EntraApp app, TlsSource tls) {
        try {
            long date = date(URI.create(app.authority() + "v2.0/.well-known/openid-configuration"), tls);
            if (date == 0) {
                findings.notChecked(List.of(Topic.CLOCK), "the authority's answer has no date");
            } else {
                compare(Instant.ofEpochMilli(date));
            }
        } catch (IOException | CredentialException e) {
            findings.notChecked(List.of(Topic.CLOCK), "the authority did not answer: " + e.getMessage());
        }
    }

    private long date(URI address, TlsSource tls) throws IOException, CredentialException {
        int millis = Math.toIntExact(timeout.toMillis());
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(tls.context().getSocketFactory());
        }
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        try {
            connection.getResponseCode();
            return connection.getDate();
        } finally {
            connection.disconnect();
        }
    }

    private void compare(Instant theirs) {
        Duration off = Duration.between(theirs, clock.instant());
        String seen = "this machine's clock is " + Math.abs(off.toSeconds()) + " s "
                + (off.isNegative() ? "behind" : "ahead of") + " Entra's";
        if (off.abs().compareTo(MOST) > 0) {
            findings.warning(Topic.CLOCK, seen, "Have this machine set its clock by NTP.");
        } else {
            findings.ok(Topic.CLOCK, seen);
        }
    }
}
