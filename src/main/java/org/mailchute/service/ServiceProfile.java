package org.mailchute.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.reply.Service;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What one service wants and gives. {@code services.yaml} says it, and what each value means; keys there have the names of the
 * values here.
 *
 * @param senders what a lane's sender may be, by the names of the settings; the default first
 */
public record ServiceProfile(
        String title,
        String host,
        List<String> formerHosts,
        List<Integer> ports,
        List<String> notIn,
        boolean inside,
        List<String> greetings,
        Limits limits,
        List<String> senders,
        String wrongSender,
        Login login,
        Note otherSenders,
        Domains domains,
        Note size,
        String moreThanAllowed) {
    private static final Map<Service, ServiceProfile> ALL = read();

    /** @param messageBytes of the finished message, base64 included */
    public record Limits(
            int sessions,
            int sessionsAtMost,
            int messagesPerMinute,
            int messagesPerHour,
            int recipientsPerDay,
            int recipientsPerMessage,
            long messageBytes) {}

    /** How one logs in. */
    public record Login(
            String key,
            String user,
            String userExpected,
            String scope,
            String delegated,
            String role,
            String permission,
            Note withoutRole,
            Password password) {
        /** Whether the user name is one of the forms the service knows. */
        public boolean knows(String name) {
            return name.matches(user);
        }
    }

    /** What is to be said of a password; empty texts where it is fine. */
    public record Password(String advice, String seen, String remedy) {}

    /** Of senders, in the DNS and where the service keeps them. */
    public record Domains(List<String> selectors, String signing, Note accepted) {}

    /** Something seen, and what to do about it. */
    public record Note(String seen, String remedy) {}

    public static ServiceProfile of(Service service) {
        return Objects.requireNonNull(ALL.get(service));
    }

    /** The service that alone has this host; empty where the host is a cloud's, or nobody's. */
    public static Optional<Service> ofHost(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> of(service).hosts().contains(name))
                .findFirst();
    }

    /** Its own, the usual one first; none where they are the cloud's. */
    public List<String> hosts() {
        return host.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(host), formerHosts.stream()).toList();
    }

    /** Read once: it does not change. */
    private static Map<Service, ServiceProfile> read() {
        try (InputStream resource = Objects.requireNonNull(ServiceProfile.class.getResourceAsStream("services.yaml"))) {
            Map<?, ?> tree = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(resource);
            return Arrays.stream(Service.values())
                    .collect(Collectors.toMap(
                            service -> service,
                            service -> Records.read(ServiceProfile.class, tree.get(service.label()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
