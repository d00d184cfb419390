package org.mailchute.settings;

import java.nio.file.Path;

/**
 * Where a running gateway is asked.
 *
 * @param home its {@code gateway.home}
 * @param hash of all that the file says now: the gateway runs by other settings where its own differs
 */
public record GatewayPlace(Path home, String hash) {}
