package org.mailchute.drop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.SecretText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices that may log in, as the settings say; never anybody else. */
final class DropUsers implements UserManager {
    private static final Logger LOG = LoggerFactory.getLogger(DropUsers.class);

    private final Map<String, DropUser> users = new LinkedHashMap<>();

    DropUsers(DropPlan plan) {
        int idle = Math.toIntExact(plan.idle().toSeconds());
        plan.logins().forEach(login -> users.put(login.user(), new DropUser(login, idle)));
    }

    @Override
    public User authenticate(Authentication proof) throws AuthenticationFailedException {
        if (proof instanceof UsernamePasswordAuthentication named) {
            DropUser user = users.get(named.getUsername());
            if (user != null && equal(user.login().password(), named.getPassword())) {
                return user;
            }
            LOG.warn(
                    "ftp server: login refused from {}: {}",
                    named.getUserMetadata().getInetAddress(),
                    user == null ? "no such user" : "wrong password for " + user.getName());
        }
        throw new AuthenticationFailedException("wrong user or password");
    }

    /** Takes the same time wherever they differ. */
    private static boolean equal(SecretText password, @Nullable String said) {
        return said != null
                && MessageDigest.isEqual(
                        password.reveal().getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable User getUserByName(String name) {
        return users.get(name);
    }

    @Override
    public String[] getAllUserNames() {
        return users.keySet().toArray(new String[0]);
    }

    @Override
    public boolean doesExist(String name) {
        return users.containsKey(name);
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
