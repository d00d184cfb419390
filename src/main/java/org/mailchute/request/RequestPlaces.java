package org.mailchute.request;

import java.util.Optional;
import org.mailchute.intake.Refused;

/**
 * The folders that mail requests of one intake may name things in.
 *
 * @param templates empty: none may be named
 * @param references empty: none may be named
 */
public record RequestPlaces(Optional<Templates> templates, Optional<AttachmentFolder> references) {
    public static final RequestPlaces NONE = new RequestPlaces(Optional.empty(), Optional.empty());

    Templates allowedTemplates() throws Refused {
        return templates.orElseThrow(() ->
                new Refused("this intake has no templates", "give subject and text, or set templates for the intake"));
    }

    AttachmentFolder allowedReferences() throws Refused {
        return references.orElseThrow(() -> new Refused(
                "this intake takes no references to files", "send the content, or set references for the intake"));
    }
}
