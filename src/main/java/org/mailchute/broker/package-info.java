/**
 * THE BROKER: Artemis inside this process or elsewhere, or any broker that speaks JMS 3; its queues' names, and how requests are
 * received from it. Who may come in from outside is the border's. Start at {@link org.mailchute.broker.BrokerPlan}.
 */
@NullMarked
package org.mailchute.broker;

import org.jspecify.annotations.NullMarked;
