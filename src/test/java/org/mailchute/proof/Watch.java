package org.mailchute.proof;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a gateway's process from outside, by Java's own debugging interface, and holds the thread that comes to a marked
 * point. So the jar under proof is the one that is shipped.
 */
final class Watch implements AutoCloseable {
    private static final byte RETURN = (byte) 0xb1;

    private final Mark mark;
    private final ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(one -> one.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    private final Map<String, Connector.Argument> arguments = connector.defaultArguments();
    private final String address;
    private final CountDownLatch reached = new CountDownLatch(1);
    private int left;
    private @Nullable VirtualMachine machine;

    /** @param times the point is passed so often before; 1 stops at the first time */
    Watch(Mark mark, int times) throws Exception {
        this.mark = mark;
        this.left = times;
        Objects.requireNonNull(arguments.get("localAddress")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue("0");
        address = connector.startListening(arguments);
    }

    /** With which the process is to be started; it waits for {@link #begin}. */
    String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address="
                + address.replaceFirst(".*:", "127.0.0.1:");
    }

    /** Lets the process run, and watches it from its first class on. */
    void begin() throws Exception {
        VirtualMachine attached = connector.accept(arguments);
        machine = attached;
        ClassPrepareRequest loaded = attached.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(mark.className());
        loaded.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        loaded.enable();
        Thread thread = new Thread(() -> watch(attached), "watch");
        thread.setDaemon(true);
        thread.start();
    }

    boolean reached() {
        return reached.getCount() == 0;
    }

    private void watch(VirtualMachine attached) {
        try {
            while (true) {
                EventSet events = attached.eventQueue().remove();
                boolean stay = false;
                for (Event event : events) {
                    if (event instanceof VMDisconnectEvent) {
                        return;
                    }
                    stay |= happened(attached, event);
                }
                if (!stay) {
                    events.resume();
                }
            }
        } catch (VMDisconnectedException | InterruptedException e) {
            // it was killed
        } catch (IncompatibleThreadStateException e) {
            throw new AssertionError(e);
        }
    }

    private boolean happened(VirtualMachine attached, Event event) throws IncompatibleThreadStateException {
        if (event instanceof ClassPrepareEvent loaded) {
            place(attached, loaded.referenceType());
        }
        boolean here = event instanceof BreakpointEvent point && isMeant(point.thread()) && --left == 0;
        if (here) {
            reached.countDown();
        }
        return here;
    }

    private void place(VirtualMachine attached, ReferenceType type) {
        for (Method method : type.methodsByName(mark.method())) {
            if (!method.isBridge() && !method.isAbstract()) {
                BreakpointRequest point = attached.eventRequestManager().createBreakpointRequest(location(method));
                point.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                point.enable();
            }
        }
    }

    /** javac writes the return of a method that returns nothing at its end. */
    private Location location(Method method) {
        if (mark.edge() == Mark.Edge.BEGIN) {
            return method.location();
        }
        byte[] code = method.bytecodes();
        if (code[code.length - 1] != RETURN) {
            throw new AssertionError(method + " does not end with its return");
        }
        return method.locationOfCodeIndex(code.length - 1);
    }

    private boolean isMeant(ThreadReference thread) throws IncompatibleThreadStateException {
        if (mark.within().isEmpty()
                || Pattern.compile(mark.within()).matcher(thread.name()).find()) {
            return true;
        }
        return thread.frames().stream()
                .map(frame -> frame.location().declaringType().name())
                .anyMatch(mark.within()::equals);
    }

    @Override
    public void close() throws IOException, IllegalConnectorArgumentsException {
        connector.stopListening(arguments);
        VirtualMachine attached = machine;
        if (attached == null) {
            return;
        }
        try {
            attached.dispose();
        } catch (VMDisconnectedException e) {
            // it is dead
        }
    }
}
