package org.mailchute.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.ClientCertificate;
import org.mailchute.credentials.ClientUse;
import org.mailchute.credentials.CredentialException;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once a day which certificates and secrets end soon, of lanes, of the management port and of the console's sign-in, while there is time to renew them: nobody asks the doctor
 * of a gateway that works. So does a certificate that may not prove a client. What has ended already holds its lane, with cause and remedy.
 */
final class ProofEnds {
    private static final Logger LOG = LoggerFactory.getLogger(ProofEnds.class);

    private final Supplier<Settings> settings;
    private final Map<String, AppProof> others = new TreeMap<>();
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, Instant> known = new ConcurrentHashMap<>();
    private LocalDate told = LocalDate.MIN;

    /** @param settings those that run, at each time */
    ProofEnds(Supplier<Settings> settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        Settings first = settings.get(); // these want a restart
        first.management().certificate().ifPresent(files -> others.put("management", new AppProof.Certificate(files)));
        first.console().entra().ifPresent(entra -> others.put("console.entra", entra.proof()));
        this.clock = clock;
        this.meters = meters;
    }

    /** To be called now and then; does something on the first call of a day (UTC). */
    synchronized void look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(told)) {
            told = today;
            settings.get().lanes().forEach(this::look);
            others.forEach(this::look);
        }
    }

    /** There are other settings: what was known of lanes may not be true any more. */
    synchronized void anew() {
        meters.find("mailchute.proof.end").meters().forEach(meters::remove);
        known.clear();
        told = LocalDate.MIN;
        look();
    }

    private void tell(Settings.Lane lane, Instant end) {
        String of = "lane " + lane.name();
        if (!known.containsKey(of)) {
            Gauge.builder(
                            "mailchute.proof.end",
                            known,
                            ends -> Objects.requireNonNull(ends.get(of)).getEpochSecond())
                    .description("when the lane's certificate or secret ends")
                    .baseUnit("timestamp_seconds")
                    .tag("lane", lane.name())
                    .register(meters);
        }
        tell(of, secret(lane), end);
    }

    private void tell(String of, boolean secret, Instant end) {
        known.put(of, end);
        if (isSoon(end)) {
            LOG.warn(
                    "{}: its {} at {}, in {} days: renew it before",
                    of,
                    secret ? "client secret ends (secretEnds)" : "certificate ends",
                    end,
                    Math.max(0, Duration.between(clock.instant(), end).toDays()));
        }
    }

    /** Those that end so soon that they are to be renewed, by whose they are, such as {@code lane mailbox}. */
    Map<String, Instant> ending() {
        Map<String, Instant> soon = new TreeMap<>(known);
        soon.values().removeIf(end -> !isSoon(end));
        return soon;
    }

    private boolean isSoon(Instant end) {
        return Duration.between(clock.instant(), end).compareTo(ClientCertificate.RENEW_AHEAD) < 0;
    }

    private static boolean secret(Settings.Lane lane) {
        return lane.login() instanceof Login.App app && app.proof() instanceof AppProof.Secret;
    }

    /** Silent where nothing ends, nobody knows, or the lane cannot prove itself even now, which it is held for. */
    private void look(Settings.Lane lane) {
        try {
            if (lane.login() instanceof Login.ClientCertificate certificate) {
                look(lane, certificate.files().read(clock));
            } else if (lane.login() instanceof Login.App app) {
                app.proof().ends(clock).ifPresent(end -> tell(lane, end));
            }
        } catch (CredentialException e) {
            LOG.debug("lane {} is held for it", lane.name(), e);
        }
    }

    /** Silent likewise; without a certificate the management port tells so itself. */
    private void look(String of, AppProof proof) {
        try {
            proof.ends(clock).ifPresent(end -> tell(of, proof instanceof AppProof.Secret, end));
        } catch (CredentialException e) {
            LOG.debug("{} is told of elsewhere", of, e);
        }
    }

    private void look(Settings.Lane lane, ClientCertificate certificate) throws CredentialException {
        ClientUse.advice(certificate)
                .ifPresent(advice ->
                        LOG.warn("lane {}: its certificate {}; {}", lane.name(), advice.what(), advice.remedy()));
        tell(lane, certificate.expires());
    }
}
