/** Tests of the simulator over real sockets and TLS. Start at {@link org.mailchute.simulator.SubmissionTest}. */
@NullMarked
package org.mailchute.simulator;

import org.jspecify.annotations.NullMarked;
