/** Tests of who works, of several gateways with one home. */
@NullMarked
package org.mailchute.cluster;

import org.jspecify.annotations.NullMarked;
