package org.mailchute.steps;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.mailchute.limits.Lead;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code brokerTransaction}: runs the steps inside it as one broker transaction: all sends are committed together, or none.
 * Joins the transaction of a JMS consumer where there is one, so that a request is consumed exactly when its deliveries are
 * enqueued.
 *
 * <p>Of one input at a time: Artemis (2.55.0) compares a duplicate id as it is sent, with what was committed by then, so two transactions side by
 * side would both be taken ({@code findings/artemis-duplicates-within-one-transaction.sh}).
 */
public final class BrokerTransaction implements Policy {
    /** So many that two inputs hardly ever wait for each other that are not the same. */
    private static final int TURNS = 1_024;

    private final TransactionTemplate transactions;
    private final Lead lead;
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    /** @param lead nothing is committed unless it holds */
    public BrokerTransaction(PlatformTransactionManager manager, Lead lead) {
        this.transactions = new TransactionTemplate(manager);
        this.lead = lead;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return wrap(steps);
    }

    Processor wrap(Processor steps) {
        return exchange -> {
            synchronized (turn(exchange)) {
                transact(steps, exchange);
            }
        };
    }

    private Object turn(Exchange exchange) {
        String id = exchange.getProperty(MakeTicket.DUPLICATE_ID, String.class);
        return id == null ? exchange : turns.get(Math.floorMod(id.hashCode(), TURNS));
    }

    private void transact(Processor steps, Exchange exchange) {
        transactions.executeWithoutResult(status -> {
            run(steps, exchange);
            if (exchange.getException() == null && !lead.holds()) {
                exchange.setException(new IllegalStateException(Lead.OVER));
            }
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
