package org.mailchute.cluster;

import java.util.List;

/**
 * Who is there, of a cluster.
 *
 * @param works the gateway that works, in words for people
 * @param standby those that wait, likewise; as of some seconds ago
 */
public record Gateways(String works, List<String> standby) {}
