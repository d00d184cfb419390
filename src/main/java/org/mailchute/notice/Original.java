package org.mailchute.notice;

/**
 * The message that a notice is about.
 *
 * @param name of its file, or what its source called it
 * @param header US-ASCII, each line with CRLF
 */
public record Original(String name, String subject, String header) {}
