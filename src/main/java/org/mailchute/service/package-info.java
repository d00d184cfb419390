/**
 * MICROSOFT'S SERVICES FOR CLIENT SUBMISSION: what each wants and gives, as data in {@code services.yaml}. Knows nothing of
 * settings or servers. Start at {@link org.mailchute.service.ServiceProfile}.
 */
@NullMarked
package org.mailchute.service;

import org.jspecify.annotations.NullMarked;
