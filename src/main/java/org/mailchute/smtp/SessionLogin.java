package org.mailchute.smtp;

import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;

/** The proof turned into what Angus Mail wants, fresh for each session: a token lives for an hour. */
record SessionLogin(@Nullable String user, @Nullable String secret, String mechanisms) {
    static SessionLogin of(SmtpPeer.Proof proof) throws CredentialException {
        if (proof instanceof SmtpPeer.Proof.Password password) {
            return new SessionLogin(password.user(), password.password().reveal(), "LOGIN PLAIN");
        }
        if (proof instanceof SmtpPeer.Proof.OAuth oauth) {
            return new SessionLogin(oauth.mailbox(), oauth.tokens().token().reveal(), "XOAUTH2");
        }
        return new SessionLogin(null, null, "");
    }

    boolean anonymous() {
        return mechanisms.isEmpty();
    }

    @Override
    public String toString() {
        return "SessionLogin[" + user + ", " + mechanisms + "]";
    }
}
