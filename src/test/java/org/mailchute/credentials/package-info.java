/** Tests of tokens and certificates. Start at {@link org.mailchute.credentials.EntraTokenSourceTest}. */
@NullMarked
package org.mailchute.credentials;

import org.jspecify.annotations.NullMarked;
