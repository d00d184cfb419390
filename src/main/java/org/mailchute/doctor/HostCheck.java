package org.mailchute.doctor;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailchute.reply.Option;

/** What the name of the host and our own name tell, before anybody is asked. */
record HostCheck(Patient patient, Tenant tenant, Findings findings) {
    private static final Pattern LITERAL =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*]?");
    private static final Pattern NOT_PUBLIC = Pattern.compile(".*\\.(local|localdomain|lan|internal|home|intranet)");

    void run() {
        String host = patient.peer().host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.startsWith("127.")) {
            findings.info(Topic.HOST_KIND, host + " is this machine: a simulator, a test or a tunnel", "");
        } else if (patient.mx()) {
            findings.ok(Topic.HOST_KIND, "the MX hosts of " + host + " are looked up");
            port();
        } else {
            name(host);
            port();
            kind(host);
        }
        ownName();
    }

    private void name(String host) {
        if (LITERAL.matcher(host).matches()) {
            findings.error(
                    Topic.HOST_NAME,
                    host + " is an address",
                    "Set the host by name: Microsoft moves its addresses, no certificate matches one, and mail to the"
                            + " wrong region is answered 4.4.62 for ever.");
        } else {
            findings.ok(Topic.HOST_NAME, host);
        }
    }

    private void port() {
        List<Integer> fine =
                patient.option() == Option.SUBMISSION ? patient.profile().ports() : List.of(25);
        int usual = fine.get(0);
        int port = patient.peer().port();
        String remedy = "Set port " + usual
                + ": Microsoft 365 speaks STARTTLS only, on 587 for client submission and 25" + " otherwise.";
        if (port == 465) {
            findings.error(Topic.PORT, "465, which Microsoft 365 does not open", remedy);
        } else if (!fine.contains(port)) {
            findings.warning(Topic.PORT, port + " instead of " + usual, remedy);
        } else {
            findings.ok(Topic.PORT, String.valueOf(port));
        }
    }

    private void kind(String host) {
        boolean submits = patient.option() == Option.SUBMISSION;
        String usual = submits ? hosts().get(0) : "NAME." + tenant.mxSuffixes().get(0);
        if (submits && patient.profile().formerHosts().contains(host)) {
            findings.warning(Topic.HOST_KIND, host + " is a name that Microsoft will take away", "Set " + usual + ".");
        } else if (submits && tenant.mx(host)) {
            findings.error(
                    Topic.HOST_KIND,
                    host + " is an MX host, which takes no login (504 5.7.4)",
                    "Set the lane's host to " + usual + ".");
        } else if (!submits && tenant.submission(host)) {
            findings.error(
                    Topic.HOST_KIND,
                    host + " takes nothing without a login (530 5.7.57)",
                    "Set the lane's host to the MX host of your own domain: nslookup -type=mx DOMAIN");
        } else if (submits ? hosts().contains(host) : tenant.mx(host)) {
            findings.ok(Topic.HOST_KIND, host);
        } else {
            findings.warning(
                    Topic.HOST_KIND,
                    host + " is none of Microsoft's known names in this cloud",
                    "Set " + usual + ", or set gateway.cloud to the tenant's cloud.");
        }
    }

    private List<String> hosts() {
        List<String> own = patient.profile().hosts();
        return own.isEmpty() ? tenant.submissionHosts() : own;
    }

    private void ownName() {
        String own = patient.peer().ehloName();
        String remedy = "Set gateway.name to this machine's full public host name, such as gateway.contoso.com.";
        if (own.equalsIgnoreCase(patient.peer().host())) {
            findings.error(Topic.EHLO_NAME, own + " is the server's own name (550 5.7.506)", remedy);
        } else if (LITERAL.matcher(own).matches() || !own.contains(".")) {
            findings.error(Topic.EHLO_NAME, own + " is no full host name", remedy);
        } else if (NOT_PUBLIC.matcher(own.toLowerCase(Locale.ROOT)).matches()) {
            findings.warning(Topic.EHLO_NAME, own + " is a name nobody outside can look up", remedy);
        } else {
            findings.ok(Topic.EHLO_NAME, own);
        }
    }
}
