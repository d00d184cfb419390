package org.mailchute.drop;

import java.nio.charset.Charset;
import java.util.Optional;
import org.mailchute.credentials.SecretText;

/**
 * One device: how it logs in, and where its scans go.
 *
 * @param charset of names that are not UTF-8; empty for the server's
 */
public record DropLogin(String user, SecretText password, DropFolder folder, Optional<Charset> charset) {}
