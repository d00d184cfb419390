/** Tests of what the server said. */
@NullMarked
package org.mailchute.reply;

import org.jspecify.annotations.NullMarked;
