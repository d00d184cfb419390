package org.mailchute.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static org.mailchute.architecture.Code.noneOfTheProduct;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Who may know whom. A rule may stand before its room is there. */
final class Rooms {
    private static final String[] ROOMS = {
        "boot",
        "credentials",
        "deferred",
        "doctor",
        "door",
        "drop",
        "envelope",
        "intake",
        "limits",
        "listener",
        "management",
        "message",
        "nexthop",
        "polled",
        "reply",
        "sidecar",
        "simulator",
        "smtp",
        "spool",
        "steps",
        "trace"
    };

    @ArchTest
    static final ArchRule credentialsKnowNothing = only("credentials");

    @ArchTest
    static final ArchRule whatWaitsKnowsNothingOfLanes = only("deferred");

    @ArchTest
    static final ArchRule theDoorKnowsNothing = only("door");

    @ArchTest
    static final ArchRule theFtpDropKnowsCredentialsAndTheDoor = only("drop", "credentials", "door");

    @ArchTest
    static final ArchRule theListenerKnowsEnvelopeCredentialsAndTheDoor =
            only("listener", "envelope", "credentials", "door");

    @ArchTest
    static final ArchRule theEnvelopeKnowsNothing = only("envelope");

    @ArchTest
    static final ArchRule managementKnowsTheDoor = only("management", "door");

    @ArchTest
    static final ArchRule replyKnowsNothing = only("reply");

    @ArchTest
    static final ArchRule theSimulatorStandsApart = only("simulator");

    @ArchTest
    static final ArchRule theSpoolKnowsTheEnvelope = only("spool", "envelope");

    @ArchTest
    static final ArchRule messageKnowsEnvelopeAndSpool = only("message", "envelope", "spool");

    @ArchTest
    static final ArchRule nextHopKnowsEnvelopeAndReply = only("nexthop", "envelope", "reply");

    @ArchTest
    static final ArchRule traceKnowsEnvelopeAndReply = only("trace", "envelope", "reply");

    @ArchTest
    static final ArchRule limitsKnowTheNextHop = only("limits", "nexthop", "reply", "envelope");

    @ArchTest
    static final ArchRule intakeKnowsMessageSpoolAndSidecars =
            only("intake", "envelope", "message", "sidecar", "spool");

    @ArchTest
    static final ArchRule polledKnowsIntakeAndSpool = only("polled", "intake", "spool");

    @ArchTest
    static final ArchRule aSidecarKnowsTheEnvelope = only("sidecar", "envelope");

    @ArchTest
    static final ArchRule smtpKnowsWhatItSendsAndHow =
            only("smtp", "envelope", "reply", "message", "nexthop", "credentials");

    @ArchTest
    static final ArchRule theDoctorKnowsTheWireAndWhatItSays =
            only("doctor", "credentials", "envelope", "limits", "nexthop", "reply", "smtp");

    @ArchTest
    static final ArchRule stepsKnowAllButBootDoctorAndSimulator = only(
            "steps",
            "credentials",
            "deferred",
            "envelope",
            "intake",
            "limits",
            "listener",
            "message",
            "nexthop",
            "polled",
            "reply",
            "sidecar",
            "smtp",
            "spool",
            "trace");

    @ArchTest
    static final ArchRule onlyBootKnowsBoot = noneOfTheProduct()
            .and()
            .resideOutsideOfPackage(inside("boot"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(inside("boot"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyBootKnowsTheSimulator = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages(inside("boot"), inside("simulator"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(inside("simulator"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule aNewRoomGetsItsRuleHere = noneOfTheProduct()
            .should()
            .resideOutsideOfPackages(Stream.concat(
                            Stream.of("org.mailchute"), Arrays.stream(ROOMS).map(Rooms::inside))
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule onlyStepsAndBootKnowCamel = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages(inside("steps"), inside("boot"))
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

    /** The room depends on itself and on the rooms named. */
    private static ArchRule only(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others))
                .map(Rooms::inside)
                .toArray(String[]::new);
        return noneOfTheProduct()
                .and()
                .resideInAPackage(inside(room))
                .should()
                .dependOnClassesThat(resideInAPackage("org.mailchute..").and(not(resideInAnyPackage(allowed))))
                .as(room + " knows only " + (others.length == 0 ? "itself" : String.join(", ", others)))
                .allowEmptyShould(true);
    }
}
