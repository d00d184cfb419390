package org.mailchute.drop;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginRequest;
import org.jspecify.annotations.Nullable;

/**
 * A device as the server knows it. It may log in; what else it may do, the commands say.
 *
 * @param places how many of its sessions may still log in
 */
record DropUser(DropLogin login, int idleSeconds, Semaphore places) implements User {
    @Override
    public String getName() {
        return login.user();
    }

    @Override
    public @Nullable String getPassword() {
        return null;
    }

    @Override
    public List<Authority> getAuthorities() {
        return List.of();
    }

    @Override
    public List<Authority> getAuthorities(Class<? extends Authority> kind) {
        return List.of();
    }

    @Override
    public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
        return request instanceof ConcurrentLoginRequest ? request : null;
    }

    @Override
    public int getMaxIdleTime() {
        return idleSeconds;
    }

    @Override
    public boolean getEnabled() {
        return true;
    }

    @Override
    public String getHomeDirectory() {
        return "/";
    }
}
