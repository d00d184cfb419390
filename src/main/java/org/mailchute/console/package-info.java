/**
 * THE WEB CONSOLE: pages for the help desk and the administrator, at the management port. Templates lie in {@code src/main/jte},
 * words in two languages beside the style sheet in the resources. Start at {@link org.mailchute.console.Console}.
 */
@NullMarked
package org.mailchute.console;

import org.jspecify.annotations.NullMarked;
