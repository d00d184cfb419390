/**
 * How a settings file is read: YAML nodes with their lines, kinds of value, references to secrets, faults. Must not know
 * what any setting means, nor any other room but {@code credentials}. Start at {@link org.mailchute.boot.yaml.Section}.
 */
@NullMarked
package org.mailchute.boot.yaml;

import org.jspecify.annotations.NullMarked;
