package org.mailchute.notice;

import java.util.Optional;

/**
 * Something about the gateway that an administrator must see to.
 *
 * @param key the same for as long as it lasts
 * @param lane the one it is about; empty for none
 * @param what in a sentence
 * @param reason why; may be empty
 * @param remedy what to do
 */
public record Condition(String key, Optional<String> lane, String what, String reason, String remedy) {}
