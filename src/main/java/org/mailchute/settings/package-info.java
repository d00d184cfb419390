/**
 * WHAT AN ADMINISTRATOR SAYS: reads {@code mailchute.yaml} into what each room wants to be told, and tells every fault at once. Start at
 * {@link org.mailchute.settings.Settings} for what may be said, at {@link org.mailchute.settings.SettingsReader} for how it is read.
 */
@NullMarked
package org.mailchute.settings;

import org.jspecify.annotations.NullMarked;
