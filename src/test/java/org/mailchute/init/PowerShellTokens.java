package org.mailchute.init;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script by PowerShell's rules for quotes and comments (about_Quoting_Rules, about_Parsing): a single quote, plain or typographic, ends a
 * string in single quotes unless it stands twice. Strings in double quotes here hold no quotes but in {@code $(...)}.
 *
 * @param strings what those in single quotes say
 * @param code all that is in no string and no comment
 */
record PowerShellTokens(List<String> strings, String code) {
    private static final String QUOTE = "['\u2018\u2019\u201A\u201B]";
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>(?<=^|\\s)#[^\\n]*)"
                    + "|" + QUOTE + "(?<single>(?:[^'\u2018\u2019\u201A\u201B]|" + QUOTE + "{2})*+)" + QUOTE
                    + "|\"(?:[^\"$]|\\$(?!\\()|\\$\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))*+\"",
            Pattern.MULTILINE);

    static PowerShellTokens of(String script) {
        List<String> strings = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(script);
        String code = matcher.replaceAll(token -> {
            single(token).ifPresent(strings::add);
            return " ";
        });
        return new PowerShellTokens(strings, code);
    }

    private static java.util.Optional<String> single(MatchResult token) {
        return java.util.Optional.ofNullable(token.group(2))
                .map(text -> text.replaceAll("(" + QUOTE + ")" + QUOTE, "$1"));
    }
}
