/** What tests of several rooms share. Start at {@link org.mailchute.testing.MovableClock}. */
@NullMarked
package org.mailchute.testing;

import org.jspecify.annotations.NullMarked;
