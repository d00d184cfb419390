/** Tests of what a person types. */
@NullMarked
package org.mailchute.command;

import org.jspecify.annotations.NullMarked;
