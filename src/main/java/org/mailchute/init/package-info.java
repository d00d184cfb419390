/**
 * THE FIRST SETTINGS: from seven answers, and what can be seen from here, to the lanes that fit, a short settings file, and what an
 * administrator of the tenant has to do for them. Reads no settings and writes none but new ones. Start at {@link
 * org.mailchute.init.Question}, then {@link org.mailchute.init.Proposal}.
 */
@NullMarked
package org.mailchute.init;

import org.jspecify.annotations.NullMarked;
