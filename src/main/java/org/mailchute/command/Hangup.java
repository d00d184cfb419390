package org.mailchute.command;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which daemons read their settings anew, where the system has it; Java alone would end by it. {@code sun.misc.Signal} by
 * reflection: it is in every JDK (module jdk.unsupported, JEP 260), but no compiler takes it without a warning.
 */
final class Hangup {
    private Hangup() {}

    /**
     * Each time from now on, on a thread of its own. Java leaves a SIGHUP ignored that was so at its start, as {@code nohup} has it, and
     * does not say so: it only names what handled it before.
     *
     * @return whether the signal comes to us
     */
    static boolean runs(Runnable reload) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        reload.run(); // nobody calls any other method of it
                        return null;
                    });
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
            if (!handler.getField("SIG_IGN").get(null).equals(before)) {
                return true;
            }
            log().info("SIGHUP was ignored when this was started, as by nohup, and stays so: mailchute reload reads"
                    + " the settings anew");
        } catch (ReflectiveOperationException e) {
            log().debug("SIGHUP reads no settings here", e); // Windows, java -Xrs
        }
        return false;
    }

    /** As in {@link RunCommand}. */
    private static Logger log() {
        return LoggerFactory.getLogger(Hangup.class);
    }
}
