package org.mailchute.listener;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.mailchute.door.Comparison;
import org.mailchute.door.Guessers;

/** Compares passwords, in the same time whatever is wrong. */
record LoginGuard(List<DeviceLogin> logins, Guessers guessers) {
    boolean shut(InetAddress address) {
        return guessers.shut(address);
    }

    /** The login that this is, or empty. */
    Optional<String> login(InetAddress address, String user, String password) {
        Optional<String> found = Optional.empty();
        for (DeviceLogin login : logins) {
            boolean same = Comparison.same(login.user(), user)
                    & Comparison.same(login.password().reveal(), password);
            if (same) {
                found = Optional.of(login.user());
            }
        }
        if (found.isPresent()) {
            guessers.right(address);
        } else {
            guessers.wrong(address);
        }
        return found;
    }
}
