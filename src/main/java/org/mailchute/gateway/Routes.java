package org.mailchute.gateway;

import org.apache.camel.CamelContext;

/** Routes that were added of a template. */
final class Routes {
    private Routes() {}

    /** When what is under way in it has ended; nothing where there is none of this id. */
    static void remove(CamelContext context, String id) throws Exception {
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }
}
