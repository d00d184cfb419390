/**
 * FILES THAT SCANNERS MAKE: whether one is whole, and how many pages it has, told from its octets (PDF, TIFF, JPEG, ZIP). Knows no other room
 * but the spool. Start at {@link org.mailchute.formats.Completeness}.
 */
@NullMarked
package org.mailchute.formats;

import org.jspecify.annotations.NullMarked;
