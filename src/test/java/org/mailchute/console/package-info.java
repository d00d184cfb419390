/** Tests of the console. */
@NullMarked
package org.mailchute.console;

import org.jspecify.annotations.NullMarked;
