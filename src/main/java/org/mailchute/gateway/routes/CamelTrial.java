package org.mailchute.gateway.routes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.settings.yaml.YamlTree;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Lets Camel read route files in a context of their own that is never started, and tells what it says. */
final class CamelTrial {
    private final CamelContext context;
    private final List<Fault> faults = new ArrayList<>();

    private CamelTrial(CamelContext context) {
        this.context = context;
    }

    static List<Fault> of(Collection<RouteFile> files) throws IOException {
        try (DefaultCamelContext context = CamelContexts.withoutJmx()) {
            CamelTrial trial = new CamelTrial(context);
            files.forEach(trial::load);
            files.forEach(trial::components);
            return trial.faults;
        }
    }

    private void load(RouteFile file) {
        try {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(file.address()));
        } catch (MarkedYamlEngineException e) {
            faults.add(fault(file, YamlTree.line(e.getProblemMark()), firstLine(e)));
        } catch (Exception e) { // whatever a loader throws
            faults.add(fault(file, 0, firstLine(cause(e))));
        }
    }

    private static Fault fault(RouteFile file, int line, String said) {
        return new Fault(file.place(), line, "", "what Camel does not read (" + said + ")", "Camel's YAML DSL");
    }

    private static Throwable cause(Throwable e) {
        return Optional.ofNullable(e.getCause()).map(CamelTrial::cause).orElse(e);
    }

    private static String firstLine(Throwable e) {
        return e.getClass().getSimpleName() + ": "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\p{C}", "?");
    }

    private void components(RouteFile file) {
        Stream.concat(file.reads(), file.sends())
                .filter(uri -> uri.text().matches("[a-z][a-z0-9+.-]*:.*"))
                .filter(uri -> context.getComponent(uri.text().replaceFirst(":.*", ""), true, false) == null)
                .forEach(uri -> faults.add(new Fault(
                        file.place(),
                        uri.line(),
                        uri.key(),
                        Fault.quoted(uri.text()),
                        "a component that is there: put its jar into the class path, or correct the name")));
    }
}
