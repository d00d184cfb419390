package org.mailchute.listener;

import java.net.InetAddress;
import java.util.List;
import org.mailchute.door.Comparison;
import org.mailchute.door.Guessers;

/** Compares passwords, in the same time whatever is wrong. */
record LoginGuard(List<DeviceLogin> logins, Guessers guessers) {
    /** @param user as the settings write it; empty for one that is not there */
    record Judged(String user, Guessers.Verdict verdict) {}

    boolean shut(InetAddress address) {
        return guessers.shut(address);
    }

    Judged login(InetAddress address, String user, String password) {
        String known = "";
        boolean right = false;
        for (DeviceLogin login : logins) {
            boolean named = Comparison.same(login.user(), user);
            right |= named & Comparison.same(login.password().reveal(), password);
            known = named ? login.user() : known;
        }
        return new Judged(known, guessers.judge(address, known, right));
    }
}
