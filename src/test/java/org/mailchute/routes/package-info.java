/**
 * Each route file by itself, as a user who replaces one would test it: Camel's own test support, the real YAML, small beans in place of
 * the gateway's, and ends that only keep what they get. No broker.
 */
@NullMarked
package org.mailchute.routes;

import org.jspecify.annotations.NullMarked;
