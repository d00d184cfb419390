/** Tests of mail requests. */
@NullMarked
package org.mailchute.request;

import org.jspecify.annotations.NullMarked;
