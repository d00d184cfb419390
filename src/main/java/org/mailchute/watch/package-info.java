/**
 * WATCHED FOLDERS: which files belong together, when they rest, which were taken before and which stay behind. Knows no Camel. Start at
 * {@link org.mailchute.watch.FolderWatch}.
 */
@NullMarked
package org.mailchute.watch;

import org.jspecify.annotations.NullMarked;
