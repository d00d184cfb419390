package org.mailchute.gateway.routes;

import org.apache.camel.impl.DefaultCamelContext;

/** Contexts without JMX unless it is asked for: Camel takes it from the class path by itself as soon as a context is built. */
public final class CamelContexts {
    private CamelContexts() {}

    public static DefaultCamelContext withoutJmx() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        context.build();
        return context;
    }
}
