package org.mailchute.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * The gateway that a listener belongs to.
 *
 * @param name our host name, said in the greeting
 * @param policy asked about each address
 * @param handover takes what is sent
 * @param learning lists devices that are not known, which may say whom they want to send to; empty where they may not
 * @param meters counts what is refused
 */
public record Host(
        String name, Policy policy, Handover handover, Optional<UnknownDevices> learning, MeterRegistry meters) {}
