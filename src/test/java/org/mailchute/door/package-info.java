@NullMarked
package org.mailchute.door;

import org.jspecify.annotations.NullMarked;
