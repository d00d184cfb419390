/**
 * Settings, wiring and commands: the only room that reads the environment and settings files. Start at
 * {@link org.mailchute.boot.Main}; {@link org.mailchute.boot.Settings} is what an administrator may say.
 */
@NullMarked
package org.mailchute.boot;

import org.jspecify.annotations.NullMarked;
