/**
 * WHAT NOBODY COULD DELIVER: a dead letter, and what a person's decision makes of it. Knows no Camel and no broker. Start at
 * {@link org.mailchute.deadletter.Decisions}.
 */
@NullMarked
package org.mailchute.deadletter;

import org.jspecify.annotations.NullMarked;
