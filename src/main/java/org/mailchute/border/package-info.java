/**
 * THE EMBEDDED BROKER'S PORT: which applications come in there, and how much each may ask for, so that none harms another. Knows Artemis and
 * nothing of mail but what a request looks like. Start at {@link org.mailchute.border.Border}.
 */
@NullMarked
package org.mailchute.border;

import org.jspecify.annotations.NullMarked;
