package org.mailchute.console;

import jakarta.jms.JMSException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.doctor.DoctorReport;
import org.mailchute.door.Role;
import org.mailchute.intake.Refused;
import org.mailchute.management.Managed;
import org.mailchute.management.ManagementServer;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.settings.Settings;
import org.mailchute.tracestore.TraceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pages, each at its place with who may see it. */
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final Settings settings;
    private final Managed gateway;
    private final SearchPage search;
    private final MessagePage message;
    private final DeadPage dead;
    private final LanesPage lanes;
    private final IntakesPage intakes;
    private final DoctorPage doctor;
    private final SettingsPage configured;
    private final Replays replays;
    private final LiveFeed feed = new LiveFeed();

    public Console(
            Settings settings,
            Managed gateway,
            LaneHours hours,
            Callable<DoctorReport> examination,
            Function<Settings, Stream<String>> doubts) {
        this.settings = settings;
        this.gateway = gateway;
        replays = new Replays(gateway);
        search = new SearchPage(gateway.trace(), gateway.clock());
        message = new MessagePage(gateway.trace());
        dead = new DeadPage(gateway, replays);
        lanes = new LanesPage(gateway, hours);
        intakes = new IntakesPage(gateway);
        configured = new SettingsPage(gateway, doubts);
        doctor = new DoctorPage(examination, gateway.clock());
    }

    /** What a page shows of a request. */
    private interface Shown {
        Response answer(View view, Request request) throws Exception;
    }

    /** What a page that is looked at is told. */
    private interface Told {
        String now(View view) throws Exception;
    }

    /** All of them and the ways in, at the port of management, where a command with the token may have a link to come in by. */
    public void serve(ManagementServer served) {
        Assets.serve(served.http());
        for (String begun : List.of("/", "/console/")) {
            served.http().open(begun, request -> Html.see("/console"));
        }
        Entrance entrance = Entrance.of(settings, served.http(), gateway.clock());
        served.command(
                "/console-link",
                request -> ManagementServer.json(entrance.link(ManagementServer.by(request.parameters()))));
        serve(entrance.access());
    }

    private void serve(Access access) {
        page(access, "/console", Role.VIEWER, search::show);
        live(access, "failures", "/console", Role.VIEWER, search::failures);
        page(access, "/console/message", Role.VIEWER, message::show);

        page(access, DeadPage.PATH, Role.HELPDESK, dead::show);
        live(access, "dead", DeadPage.PATH, Role.HELPDESK, dead::live);
        page(access, "/console/decide", Role.HELPDESK, dead::decide);
        action(access, "/console/replay", Role.HELPDESK, dead::replay);
        action(access, "/console/drop", Role.HELPDESK, dead::drop);
        page(access, "/console/dead/cause", Role.HELPDESK, dead::askAll);
        action(access, "/console/dead/again", Role.HELPDESK, dead::replayAll);

        page(access, LanesPage.PATH, Role.HELPDESK, lanes::show);
        live(access, "lanes", LanesPage.PATH, Role.HELPDESK, lanes::live);
        page(access, "/console/lane", Role.ADMIN, lanes::ask);
        action(access, "/console/lane/hold", Role.ADMIN, lanes::hold);
        action(access, "/console/lane/release", Role.ADMIN, lanes::release);

        page(access, "/console/intakes", Role.HELPDESK, (view, request) -> intakes.show(view));
        live(access, "intakes", "/console/intakes", Role.HELPDESK, intakes::live);

        page(access, DoctorPage.PATH, Role.ADMIN, (view, request) -> doctor.show(view));
        live(access, "doctor", DoctorPage.PATH, Role.ADMIN, doctor::live);
        page(access, SettingsPage.PATH, Role.ADMIN, (view, request) -> configured.show(view));
        access.action("/console/doctor/run", Role.ADMIN, (request, visitor) -> doctor.run(view(request, visitor)));
    }

    private View view(Request request, Visitor visitor) {
        return View.of(request, visitor, settings.name());
    }

    private void page(Access access, String path, Role needed, Shown page) {
        access.page(path, needed, (request, visitor) -> plainly(page, view(request, visitor), request));
    }

    private void live(Access access, String name, String menu, Role needed, Told told) {
        access.page("/console/live/" + name, needed, (request, visitor) -> {
            View view = view(request, visitor).in(menu);
            Object key = List.of(name, view.words(), visitor.role());
            return feed.of(key, () -> told.now(view), visitor.person(), () -> access.isSignedIn(request));
        });
    }

    /** The broker has to write it down, and would wait for a full disk as long as it is full. */
    private void action(Access access, String path, Role needed, Shown page) {
        access.action(path, needed, (request, visitor) -> {
            View view = view(request, visitor);
            Optional<String> fault = gateway.disk().fault();
            return fault.isPresent() ? Faults.said(view, 503, fault.get()) : plainly(page, view, request);
        });
    }

    /** What the visitor asked that cannot be is said to the visitor. */
    private static Response plainly(Shown page, View view, Request request) throws Exception {
        try {
            return page.answer(view, request);
        } catch (IllegalArgumentException e) {
            return Faults.said(view, 400, String.valueOf(e.getMessage()));
        } catch (Refused e) {
            return Faults.said(view, 400, e.reason() + "; " + e.remedy());
        } catch (SQLException e) {
            return Faults.said(view, 503, view.say("search.unreadable", TraceStore.why(e)));
        } catch (JMSException e) {
            LOG.warn("console: {} failed: {}", request.path(), e.toString());
            return Faults.said(view, 503, view.say("said.nobroker"));
        }
    }

    @Override
    public void close() {
        feed.close();
        doctor.close();
        replays.close();
    }
}
