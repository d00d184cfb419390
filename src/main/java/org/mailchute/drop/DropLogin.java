package org.mailchute.drop;

import org.mailchute.credentials.SecretText;

/** One device: how it logs in, and where its scans go. */
public record DropLogin(String user, SecretText password, DropFolder folder) {}
