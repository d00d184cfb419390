/** Tests of dead letters. */
@NullMarked
package org.mailchute.deadletter;

import org.jspecify.annotations.NullMarked;
