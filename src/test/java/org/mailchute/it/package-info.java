/** Tests of the finished jar: demo, kill -9, small heap, Karaf. Run by {@code mvn verify} after packaging. */
@NullMarked
package org.mailchute.it;

import org.jspecify.annotations.NullMarked;
