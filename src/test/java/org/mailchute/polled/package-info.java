@NullMarked
package org.mailchute.polled;

import org.jspecify.annotations.NullMarked;
