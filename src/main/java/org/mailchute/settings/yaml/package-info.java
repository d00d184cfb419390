/**
 * How a settings file is read: YAML nodes with their lines, kinds of value, references to secrets, faults. Must not know
 * what any setting means, nor any other room but {@code credentials}. Start at {@link org.mailchute.settings.yaml.Section}.
 */
@NullMarked
package org.mailchute.settings.yaml;

import org.jspecify.annotations.NullMarked;
