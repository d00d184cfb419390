package org.mailchute.settings.yaml;

import java.util.function.Function;

/**
 * A kind of single value: how it is written and what comes of it.
 *
 * @param expected completes "expected ..."
 * @param standIn taken after a fault, so that reading can go on and find the others, and for a secret that nobody needs
 * @param secret neither shown nor taken literally: only {@code ${env:...}} or {@code ${file:...}} will do
 * @param parse throws {@link IllegalArgumentException} when the text is not of this kind
 */
public record Kind<T>(String expected, T standIn, boolean secret, Function<String, T> parse) {
    public Kind(String expected, T standIn, Function<String, T> parse) {
        this(expected, standIn, false, parse);
    }
}
