/**
 * THE COMMAND LINE: what a person types, and what is printed for it. The only room, with {@link org.mailchute.gateway.Surroundings}, that reads the
 * environment. Start at {@link org.mailchute.command.Main}.
 */
@NullMarked
package org.mailchute.command;

import org.jspecify.annotations.NullMarked;
