/** Tests of what is told, to whom and how often. */
@NullMarked
package org.mailchute.notice;

import org.jspecify.annotations.NullMarked;
