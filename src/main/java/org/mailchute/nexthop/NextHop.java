package org.mailchute.nexthop;

import org.mailchute.reply.Option;
import org.mailchute.reply.Service;

/** Where a lane connects to: one host for each of Microsoft's options. */
public sealed interface NextHop {
    /** The lane's name; also its queue's and route's. Letters, digits, hyphens. */
    String lane();

    /** Host name; never an IP literal outside loopback, or certificate names and regions cannot match. */
    String host();

    /** 1 to 65535. */
    int port();

    /** Which of Microsoft's options this is. */
    Option option();

    /** Whose server it is. */
    default Service service() {
        return Service.EXCHANGE_ONLINE;
    }

    /** Client submission as one mailbox, account or application of the service. */
    record Submission(String lane, String host, int port, Service service) implements NextHop {
        @Override
        public Option option() {
            return Option.SUBMISSION;
        }
    }

    /** Direct send to the MX host of one own domain. */
    record DirectSend(String lane, String host, int port) implements NextHop {
        @Override
        public Option option() {
            return Option.DIRECT_SEND;
        }
    }

    /** As one mailbox through Microsoft Graph. */
    record Graph(String lane, String host, int port) implements NextHop {
        @Override
        public Option option() {
            return Option.GRAPH;
        }
    }

    /** Relay through one connector. */
    record Relay(String lane, String host, int port) implements NextHop {
        @Override
        public Option option() {
            return Option.RELAY;
        }
    }
}
