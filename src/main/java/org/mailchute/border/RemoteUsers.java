package org.mailchute.border;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.mailchute.door.Guessers;

/**
 * Who may do what at the embedded broker. Mailchute itself may do all; an application may publish to its queues of mail
 * requests, read its queues of answers, and have temporary queues. Everything else, lanes, events, dead letters, management,
 * does not exist for it.
 */
final class RemoteUsers implements ActiveMQSecurityManager5 {
    /** What clients name temporary queues; nothing else may be created. */
    private static final Pattern TEMPORARY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final BrokerLogin own;
    private final Map<String, Acceptor.User> users;
    private final Function<String, String> creators;
    private final Guessers guessers;

    /**
     * @param creators which user made a queue; empty for none
     * @param guessers of each user: applications of one machine share its address
     */
    RemoteUsers(BrokerLogin own, Acceptor acceptor, Function<String, String> creators, Guessers guessers) {
        this.guessers = guessers;
        this.own = own;
        this.users = acceptor.users().stream().collect(Collectors.toMap(Acceptor.User::name, user -> user));
        this.creators = creators;
    }

    static boolean temporary(String queue) {
        return TEMPORARY.matcher(queue).matches();
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String name,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String domain) {
        return admitted(name, validateUser(name, password), connection)
                ? new Subject(true, Set.of(new UserPrincipal(String.valueOf(name))), Set.of(), Set.of())
                : null;
    }

    /**
     * Our own password is new at each start and cannot be guessed, so nobody shuts us out. Who has logged in is asked again for what it does,
     * and goes on whoever guesses meanwhile.
     */
    private boolean admitted(@Nullable String name, boolean right, @Nullable RemotingConnection connection) {
        if (own.user().equals(name) || (right && loggedIn(name, connection))) {
            return right;
        }
        return Optional.ofNullable(connection)
                .flatMap(Farewell::address)
                .filter(from -> guessers.judge(from, known(name), right) == Guessers.Verdict.RIGHT)
                .isPresent();
    }

    private boolean loggedIn(@Nullable String name, @Nullable RemotingConnection connection) {
        Subject before = connection == null ? null : connection.getSubject();
        return before != null && String.valueOf(name).equals(getUserFromSubject(before));
    }

    private String known(@Nullable String name) {
        return name != null && users.containsKey(name) ? name : "";
    }

    @Override
    public boolean validateUser(@Nullable String name, @Nullable String password) {
        Acceptor.User user = users.get(name);
        String expected = own.user().equals(name)
                ? own.password().reveal()
                : user == null ? "" : user.password().reveal();
        return !expected.isEmpty() && password != null && same(expected, password);
    }

    private static boolean same(String expected, String password) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType act, String address) {
        String name = getUserFromSubject(subject);
        Acceptor.User user = users.get(name);
        // Artemis says address::queue where it knows both
        String[] parts = address.split("::", -1);
        return own.user().equals(name) || (user != null && may(user, act, parts[0], parts[parts.length - 1]));
    }

    private boolean may(Acceptor.User user, CheckType act, String address, String queue) {
        return switch (act) {
            case SEND -> address.equals(queue) && user.maySend().contains(address);
            case CONSUME, BROWSE -> mayRead(user, address) && (address.equals(queue) || made(user, queue));
            case CREATE_ADDRESS -> temporary(address);
            // of its own, or a subscription to a topic
            case CREATE_NON_DURABLE_QUEUE ->
                temporary(queue) && (temporary(address) || user.mayRead().contains(address));
            case DELETE_ADDRESS, DELETE_NON_DURABLE_QUEUE -> made(user, queue);
            default -> false;
        };
    }

    private boolean made(Acceptor.User user, String queue) {
        return temporary(queue) && creators.apply(queue).equals(user.name());
    }

    /** Whether answers may go there. */
    boolean mayRead(String user, String address) {
        Acceptor.User known = users.get(user);
        return known != null && mayRead(known, address);
    }

    boolean maySend(String user, String address) {
        Acceptor.User known = users.get(user);
        return known != null && known.maySend().contains(address);
    }

    private boolean mayRead(Acceptor.User user, String address) {
        return user.mayRead().contains(address) || made(user, address);
    }

    /** Not asked: {@link #authorize} is. */
    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType act) {
        return false;
    }
}
