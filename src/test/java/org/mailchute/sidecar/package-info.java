@NullMarked
package org.mailchute.sidecar;

import org.jspecify.annotations.NullMarked;
