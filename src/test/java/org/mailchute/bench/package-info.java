/** Folder to SMTP sink, beside a naive Camel route and a bare Angus loop: {@code mvn -Pbench verify}. Start at Bench. */
@NullMarked
package org.mailchute.bench;

import org.jspecify.annotations.NullMarked;
