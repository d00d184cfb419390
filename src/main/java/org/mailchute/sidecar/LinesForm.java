package org.mailchute.sidecar;

import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key and its value on each line, {@code To: anna@contoso.com} or {@code To=anna@contoso.com}. Empty lines, lines that begin
 * with {@code #} or {@code ;}, and the headings of an INI file ({@code [scan]}) say nothing.
 */
record LinesForm(FieldKeys keys) implements SidecarForm {
    private static final Pattern SILENT = Pattern.compile("\\s*([#;].*|\\[[^\\]]*\\]\\s*)?");
    private static final Pattern LINE = Pattern.compile("([^:=\\t]*)[:=\\t](.*)");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

    @Override
    public SidecarText read(byte[] content, Charset otherwise) throws UnfitSidecar {
        SidecarText said = new SidecarText();
        int number = 0;
        for (String line : Decoded.text(content, otherwise).split("\\r\\n|\\r|\\n", -1)) {
            number++;
            if (!SILENT.matcher(line).matches()) {
                add(said, line, "line " + number);
            }
        }
        return said;
    }

    private void add(SidecarText said, String line, String place) throws UnfitSidecar {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new UnfitSidecar(
                    place + ": " + UnfitSidecar.shown(line) + " has no : or =", "write each as key: value");
        }
        String value = parts.group(2).strip();
        Matcher quoted = QUOTED.matcher(value);
        keys.put(said, parts.group(1), quoted.matches() ? quoted.group(1) : value, place);
    }
}
