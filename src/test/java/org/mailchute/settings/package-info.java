/** Tests of what settings may say. */
@NullMarked
package org.mailchute.settings;

import org.jspecify.annotations.NullMarked;
