/**
 * PROOF: tokens, passwords and certificates. Knows no other room, and never prints a secret. Start at
 * {@link org.mailchute.credentials.TokenSource}.
 */
@NullMarked
package org.mailchute.credentials;

import org.jspecify.annotations.NullMarked;
