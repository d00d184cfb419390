/** THE GATEWAY AGAINST THE SIMULATOR: the demo, and a dry run of somebody's own settings. Start at {@link org.mailchute.rehearsal.DemoStage}. */
@NullMarked
package org.mailchute.rehearsal;

import org.jspecify.annotations.NullMarked;
