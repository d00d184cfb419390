/**
 * How many pages a PDF has, found with bounded effort however the file is made (src/docs/decisions/0010-pages-of-a-pdf.md).
 * Must not know any other room, nor hold more of a file than a few blocks. Start at {@link org.mailchute.formats.pdf.PdfPages}.
 */
@NullMarked
package org.mailchute.formats.pdf;

import org.jspecify.annotations.NullMarked;
