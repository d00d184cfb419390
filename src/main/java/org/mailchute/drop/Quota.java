package org.mailchute.drop;

/**
 * What may rest in a device's folder until the intake has taken it.
 *
 * @param bytes all files together
 * @param files how many
 */
public record Quota(long bytes, int files) {}
