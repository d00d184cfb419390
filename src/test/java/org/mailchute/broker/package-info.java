/** Tests of brokers. */
@NullMarked
package org.mailchute.broker;

import org.jspecify.annotations.NullMarked;
