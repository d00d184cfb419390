package org.mailchute.listener;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;

/** Who speaks in a session, as far as it has shown, and whether it may send. */
final class Client {
    private final ListenerPlan plan;
    private final String address;
    private final boolean admitted;
    private final List<String> refusedRecipients = new ArrayList<>();
    private String name = "";
    private String lastSender = "";
    private Optional<String> login = Optional.empty();

    Client(ListenerPlan plan, InetAddress address) {
        this.plan = plan;
        this.address = address.getHostAddress();
        this.admitted = plan.admits(address);
    }

    String address() {
        return address;
    }

    /** Its address is in the listener's networks. */
    boolean admitted() {
        return admitted;
    }

    /** As it greeted; empty where it did not say. */
    String name() {
        return name;
    }

    void greets(String as) {
        name = as;
    }

    boolean loggedIn() {
        return login.isPresent();
    }

    void logsIn(Optional<String> user) {
        login = user;
    }

    void sendsAs(Optional<MailAddress> sender) {
        lastSender = sender.map(MailAddress::toString).orElse("");
    }

    /** One that is not known asked for this recipient; for the list of devices. */
    void refused(MailAddress recipient) {
        refusedRecipients.add(recipient.toString());
    }

    /** It may send: its address is entered, and it has logged in where that is asked for. */
    boolean known() {
        return admitted && (plan.logins().isEmpty() || loggedIn());
    }

    /** Nothing is taken from whom nobody knows: this is no open relay. */
    void mustBeKnown() throws PathArgument.Bad {
        if (!admitted) {
            throw new PathArgument.Bad(Refusal.NETWORK, "550 5.7.1 " + stranger());
        }
        if (!known()) {
            throw new PathArgument.Bad(Refusal.LOGIN, "530 5.7.0 Log in first");
        }
    }

    String stranger() {
        return "Your address " + address + " may not send here: ask the administrator to add it to networks of intake "
                + plan.name();
    }

    /** For the list of devices that were refused; empty for a known one, and for a port scan, which says nothing. */
    Optional<UnknownDevice> toLearn(Instant now) {
        boolean said = !name.isEmpty() || !lastSender.isEmpty();
        return said && !known()
                ? Optional.of(new UnknownDevice(address, name, lastSender, refusedRecipients, 1, now))
                : Optional.empty();
    }

    /** As the trace shows it. */
    @Override
    public String toString() {
        return (login.orElse(address) + " " + name).strip();
    }
}
