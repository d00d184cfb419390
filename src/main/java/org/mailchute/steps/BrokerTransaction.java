package org.mailchute.steps;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code brokerTransaction}: runs the steps inside it as one broker transaction: all sends are committed together, or none.
 * Joins the transaction of a JMS consumer where there is one, so that a request is consumed exactly when its deliveries are
 * enqueued.
 */
public final class BrokerTransaction implements Policy {
    private final TransactionTemplate transactions;

    public BrokerTransaction(PlatformTransactionManager manager) {
        this.transactions = new TransactionTemplate(manager);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> transactions.executeWithoutResult(status -> {
            run(steps, exchange);
            if (exchange.getException() != null) {
                status.setRollbackOnly();
            }
        });
    }

    private static void run(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
