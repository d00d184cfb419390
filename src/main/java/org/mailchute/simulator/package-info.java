/**
 * EXCHANGE ONLINE, simulated: submission endpoint, MX host and token endpoint on loopback, for tests, demo and dry runs. Apart
 * from all other rooms but {@link org.mailchute.smtpserver}, whose lines and dots it reads by: it must know them only by what they
 * send. Start at {@link org.mailchute.simulator.ExchangeOnline}.
 */
@NullMarked
package org.mailchute.simulator;

import org.jspecify.annotations.NullMarked;
