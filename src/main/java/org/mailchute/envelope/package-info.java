/**
 * WHO: the envelope of RFC 5321, apart from the header fields people see. Knows no other room. Start at
 * {@link org.mailchute.envelope.Envelope}.
 */
@NullMarked
package org.mailchute.envelope;

import org.jspecify.annotations.NullMarked;
