package org.mailchute.drop;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;
import org.mailchute.door.Comparison;
import org.mailchute.door.Guessers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices that may log in, as the settings say; never anybody else. Addresses that guess are shut out. */
final class DropUsers implements UserManager {
    private static final Logger LOG = LoggerFactory.getLogger(DropUsers.class);

    private final Map<String, DropUser> users = new LinkedHashMap<>();

    private final Guessers guessers;

    DropUsers(DropPlan plan, List<DropLogin> logins, Guessers guessers) {
        this.guessers = guessers;
        int idle = Math.toIntExact(plan.idle().toSeconds());
        int ofOne = plan.loginsOfOne(logins.size());
        logins.forEach(
                login -> users.put(Comparison.form(login.user()), new DropUser(login, idle, new Semaphore(ofOne))));
    }

    @Override
    public User authenticate(Authentication proof) throws AuthenticationFailedException {
        if (proof instanceof UsernamePasswordAuthentication named) {
            DropUser user = getUserByName(named.getUsername());
            boolean right = user != null && right(user, named.getPassword());
            if (admitted(named.getUserMetadata().getInetAddress(), user, right)) {
                return Objects.requireNonNull(user);
            }
        }
        throw new AuthenticationFailedException("wrong user or password");
    }

    private boolean admitted(InetAddress from, @Nullable DropUser user, boolean right) {
        Guessers.Verdict verdict = guessers.judge(from, user == null ? "" : user.getName(), right);
        if (verdict == Guessers.Verdict.WRONG) {
            LOG.warn(
                    "ftp server: login refused from {}: {}",
                    from.getHostAddress(),
                    user == null ? "no such user" : "wrong password for " + user.getName());
        }
        return verdict == Guessers.Verdict.RIGHT;
    }

    static boolean right(DropUser user, @Nullable String said) {
        return said != null && Comparison.same(user.login().password().reveal(), said);
    }

    @Override
    public @Nullable DropUser getUserByName(String name) {
        return users.get(Comparison.form(name));
    }

    @Override
    public String[] getAllUserNames() {
        return users.keySet().toArray(new String[0]);
    }

    @Override
    public boolean doesExist(String name) {
        return getUserByName(name) != null;
    }

    @Override
    public @Nullable String getAdminName() {
        return null;
    }

    @Override
    public boolean isAdmin(String name) {
        return false;
    }

    @Override
    public void save(User user) {
        throw new UnsupportedOperationException("users come from the settings");
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("users come from the settings");
    }
}
