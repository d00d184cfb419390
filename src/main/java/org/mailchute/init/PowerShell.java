package org.mailchute.init;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as PowerShell writes them. */
final class PowerShell {
    private PowerShell() {}

    /** In single quotes, between which nothing means anything but these: PowerShell takes the typographic ones for the plain one. */
    static String text(String text) {
        return "'" + text.replaceAll("['\u2018\u2019\u201A\u201B]", "$0$0") + "'";
    }

    static String list(List<String> texts) {
        return texts.stream().map(PowerShell::text).collect(Collectors.joining(", ", "@(", ")"));
    }
}
