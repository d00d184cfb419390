package org.mailchute.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.architecture.Code.noneOfTheProduct;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom. */
final class Rooms {
    /** From the roof to the cellar: each room, and the rooms it knows. Imports go down only. */
    private static final List<Room> HOUSE = List.of(
            Room.of("command", "rehearsal", "gateway", "management", "settings", "deadletter", "broker", "border", "intake", "doctor", "formats", "smtp", "listener", "limits", "nexthop", "sidecar", "spool", "simulator", "credentials", "reply", "envelope"),
            Room.of("rehearsal", "gateway", "settings", "broker", "watch", "intake", "smtp", "limits", "nexthop", "trace", "simulator", "credentials", "reply", "envelope"),
            Room.of("gateway", "management", "steps", "settings", "deadletter", "lane", "broker", "border", "polled", "watch", "request", "intake", "message", "smtp", "drop", "listener", "limits", "nexthop", "spool", "trace", "deferred", "credentials", "reply", "envelope"),
            Room.of("management", "steps", "settings", "lane", "broker", "polled", "watch", "intake", "limits", "nexthop", "spool", "door", "envelope"),
            Room.of("steps", "deadletter", "lane", "broker", "polled", "watch", "request", "intake", "formats", "message", "smtp", "listener", "limits", "nexthop", "spool", "trace", "deferred", "reply", "envelope"),
            Room.of("settings", "broker", "border", "polled", "watch", "request", "intake", "message", "smtp", "listener", "limits", "nexthop", "sidecar", "spool", "credentials", "reply", "envelope"),
            Room.of("deadletter", "lane", "intake", "nexthop", "spool", "trace", "envelope"),
            Room.of("lane", "broker", "intake", "message", "smtp", "limits", "nexthop", "spool", "trace", "deferred", "reply", "envelope"),
            Room.of("broker", "border", "intake", "spool", "deferred", "credentials"),
            Room.of("border", "intake", "door", "credentials"),
            Room.of("polled", "watch", "intake", "spool"),
            Room.of("watch", "intake", "formats", "sidecar", "spool"),
            Room.of("request", "intake", "spool", "envelope"),
            Room.of("intake", "formats", "message", "sidecar", "spool", "envelope"),
            Room.of("doctor", "smtp", "limits", "credentials", "reply", "envelope"),
            Room.of("formats", "spool"),
            Room.of("message", "spool", "envelope"),
            Room.of("smtp", "nexthop", "credentials", "reply", "envelope"),
            Room.of("drop", "door", "credentials"),
            Room.of("listener", "door", "credentials", "envelope"),
            Room.of("limits", "reply"),
            Room.of("nexthop", "reply", "envelope"),
            Room.of("sidecar", "envelope"),
            Room.of("spool", "envelope"),
            Room.of("trace"),
            Room.of("simulator"),
            Room.of("deferred"),
            Room.of("door"),
            Room.of("credentials"),
            Room.of("reply"),
            Room.of("envelope"));

    /** @param knows the rooms below that it may import from */
    private record Room(String name, List<String> knows) {
        static Room of(String name, String... knows) {
            return new Room(name, List.of(knows));
        }

        ArchRule rule() {
            String[] allowed = Stream.concat(Stream.of(name), knows.stream())
                    .map(Rooms::inside)
                    .toArray(String[]::new);
            return noneOfTheProduct()
                    .and()
                    .resideInAPackage(inside(name))
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.mailchute..").and(not(resideInAnyPackage(allowed))))
                    .as(name + " knows only " + (knows.isEmpty() ? "itself" : String.join(", ", knows)));
        }
    }

    @ArchTest
    static void aRoomKnowsOnlyWhatItsLineSays(JavaClasses classes) {
        HOUSE.forEach(room -> room.rule().check(classes));
    }

    @ArchTest
    static void importsGoDownOnly(JavaClasses classes) {
        List<String> above = new ArrayList<>();
        for (Room room : HOUSE) {
            above.add(room.name());
            assertThat(room.knows()).as(room.name()).doesNotContainAnyElementsOf(above);
        }
    }

    @ArchTest
    static final ArchRule aNewRoomGetsItsLineHere = noneOfTheProduct()
            .should()
            .resideOutsideOfPackages(Stream.concat(
                            Stream.of("org.mailchute"), HOUSE.stream().map(room -> inside(room.name())))
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule onlyStepsPolledServersAndTheGatewayKnowCamel = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages(inside("steps"), inside("polled"), inside("gateway"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    /** camel-mail hands over a MimeMessage, as an exchange's body and to its JavaMailSender. */
    private static final DescribedPredicate<JavaClass> NAME_A_MIME_MESSAGE = resideInAPackage(inside("steps"))
            .and(simpleName("LaneSender").or(simpleName("LaneMessage")).or(simpleName("Compose")))
            .as("name camel-mail's MimeMessage");

    @ArchTest
    static final ArchRule onlyMessageAndSmtpKnowJakartaMail = noneOfTheProduct()
            .and(not(resideInAnyPackage(inside("message"), inside("smtp")).or(NAME_A_MIME_MESSAGE)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus.mail..");

    private static String inside(String room) {
        return "org.mailchute." + room + "..";
    }
}
