/** Tests of settings, wiring and commands. */
@NullMarked
package org.mailchute.boot;

import org.jspecify.annotations.NullMarked;
