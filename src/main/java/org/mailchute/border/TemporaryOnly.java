package org.mailchute.border;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerAddressPlugin;

/**
 * What users make: temporary queues, with the address that comes and goes with each. An address by itself is not counted, and
 * unless it is a temporary one it outlives the broker.
 */
final class TemporaryOnly implements ActiveMQServerAddressPlugin {
    @Override
    public void beforeAddAddress(AddressInfo address, boolean fromDisk) throws ActiveMQException {
        boolean ofQueue = address.isTemporary() && address.isAutoCreated();
        if (!fromDisk && !ofQueue && RemoteUsers.temporary(address.getName().toString())) {
            throw new ActiveMQException(
                    "an address without a temporary queue: create a temporary queue instead",
                    ActiveMQExceptionType.SECURITY_EXCEPTION);
        }
    }
}
