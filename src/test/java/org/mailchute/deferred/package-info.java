@NullMarked
package org.mailchute.deferred;

import org.jspecify.annotations.NullMarked;
