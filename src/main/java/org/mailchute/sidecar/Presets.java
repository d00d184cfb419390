package org.mailchute.sidecar;

import java.util.EnumMap;
import java.util.Map;

/** Where products put what we need, as XPath expressions; settings may say otherwise field by field. */
final class Presets {
    /**
     * PaperCut MF, manual, "XML metadata file": root {@code scan}; {@code user/email} and others may be empty, and then say
     * nothing. The scan goes to who scanned it, who also gets the answers.
     */
    static final Map<SidecarField, String> PAPERCUT = Map.of(
            SidecarField.TO, "/scan/user/email",
            SidecarField.REPLY_TO, "/scan/user/email",
            SidecarField.USER, "/scan/user/name",
            SidecarField.DEVICE, "/scan/deviceName",
            SidecarField.DATE, "/scan/date");

    /**
     * Sharp, AR-M256/M257 manual for the network scanner, page 41, "Metadata delivery": the fields by name. The manual does
     * not show where in the XML they stand, so each is looked for anywhere. {@code senderName} is an e-mail address: that of
     * who sent the job.
     */
    static final Map<SidecarField, String> SHARP = Map.of(
            SidecarField.REPLY_TO, "//senderName",
            SidecarField.USER, "//fromName",
            SidecarField.SUBJECT, "//documentSubject");

    private Presets() {}

    static Map<SidecarField, String> with(Map<SidecarField, String> preset, Map<SidecarField, String> own) {
        Map<SidecarField, String> all = new EnumMap<>(preset);
        all.putAll(own);
        return all;
    }
}
