package org.mailchute.sidecar;

import java.nio.charset.Charset;

/** How sidecars are written. */
interface SidecarForm {
    /**
     * Reads one, whole.
     *
     * @param otherwise the character set of what is not UTF-8 and has no byte order mark
     */
    SidecarText read(byte[] content, Charset otherwise) throws UnfitSidecar;
}
