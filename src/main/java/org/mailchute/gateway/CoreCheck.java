package org.mailchute.gateway;

import java.util.stream.Stream;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.broker.CoreAdvice;
import org.mailchute.doctor.Check;
import org.mailchute.doctor.Status;
import org.mailchute.doctor.Topic;

/** What the doctor says of Artemis' own protocol. */
final class CoreCheck {
    private CoreCheck() {}

    /** One line of the doctor's; it does not connect, so a broker elsewhere may be a mended one. */
    static Stream<Check> check(BrokerPlan broker) {
        if (broker.url().isPresent()) {
            return Stream.of(new Check(
                    Topic.BROKER,
                    Status.INFO,
                    "broker.url: " + CoreAdvice.FAULT + "; which version it is the gateway asks at its start",
                    CoreAdvice.REMEDY_ELSEWHERE));
        }
        return broker.accept().stream().map(CoreCheck::check);
    }

    private static Check check(Acceptor port) {
        return port.protocols().contains(Acceptor.Protocol.CORE)
                ? new Check(
                        Topic.BROKER,
                        Status.WARNING,
                        "broker.accept speaks core, in which " + CoreAdvice.FAULT,
                        "Set broker.accept.protocols to " + CoreAdvice.REMEDY_HERE + ".")
                : new Check(Topic.BROKER, Status.OK, "broker.accept speaks AMQP alone", "");
    }
}
