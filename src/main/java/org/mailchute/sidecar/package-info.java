/**
 * What a ticket beside a scan says (a sidecar: same base name, JSON, XML, CSV or key-values): who gets it, its subject, who
 * scanned it. Knows addresses and nothing of intakes. Start at {@link org.mailchute.sidecar.Sidecar}.
 */
@NullMarked
package org.mailchute.sidecar;

import org.jspecify.annotations.NullMarked;
