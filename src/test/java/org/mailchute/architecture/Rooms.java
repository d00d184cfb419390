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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom. */
final class Rooms {
    /** From the roof to the cellar: each room, and the rooms it knows. Imports go down only. */
    private static final List<Room> HOUSE = """
            karaf: command gateway settings
            command: init rehearsal gateway console management intakes settings deadletter broker border watch intake doctor formats smtp listener simulator service cluster limits nexthop sidecar spool door trace credentials reply envelope tracestore
            init: settings doctor service credentials reply envelope
            rehearsal: gateway settings broker border watch intake smtp drop listener simulator service limits nexthop door trace credentials reply envelope tracestore notice
            gateway: console management intakes steps settings deadletter lane broker border watch intake doctor formats graph message smtp drop listener cluster limits nexthop spool trace deferred credentials reply envelope tracestore notice
            console: management steps settings deadletter lane intake doctor listener cluster limits spool door trace credentials envelope tracestore
            management: steps settings deadletter lane broker watch intake cluster limits nexthop spool door credentials envelope tracestore
            intakes: steps settings broker polled watch request intake listener limits spool trace credentials envelope
            steps: deadletter lane broker polled watch request intake formats message smtp listener limits spool trace deferred reply envelope tracestore notice
            settings: broker border polled watch request intake message smtp drop listener service cluster limits nexthop sidecar spool door credentials reply envelope tracestore notice database
            deadletter: lane intake nexthop spool trace envelope
            lane: broker intake message smtp limits nexthop spool trace deferred reply envelope
            broker: border intake spool deferred door credentials
            border: intake door credentials
            polled: watch intake spool
            watch: intake formats sidecar spool
            request: intake spool envelope
            intake: formats message sidecar spool envelope
            doctor: graph smtp service limits spool credentials reply envelope
            formats: spool
            graph: message smtp credentials reply envelope
            message: spool envelope
            smtp: nexthop credentials reply envelope
            drop: door credentials
            listener: smtpserver door credentials envelope
            simulator: smtpserver
            smtpserver
            service: reply
            cluster: limits database
            limits: spool reply
            nexthop: reply envelope
            notice: spool trace credentials envelope
            sidecar: envelope
            spool: envelope
            tracestore: trace database
            trace
            deferred
            door
            database: credentials
            credentials
            reply
            envelope
            """.lines().map(Room::of).toList();

    /** @param knows the rooms below that it may import from */
    private record Room(String name, List<String> knows) {
        static Room of(String line) {
            String[] words = line.split(":? ");
            return new Room(words[0], List.of(words).subList(1, words.length));
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
    static void theMapNamesEachRoom(JavaClasses ignored) throws IOException {
        String map = Files.readString(Path.of("src/main/java/org/mailchute/package-info.java"));
        assertThat(HOUSE).allSatisfy(room -> assertThat(map).contains("{@link org.mailchute." + room.name() + "}"));
    }

    @ArchTest
    static final ArchRule aNewRoomGetsItsLineHere = noneOfTheProduct()
            .should()
            .resideOutsideOfPackages(Stream.concat(
                            Stream.of("org.mailchute"), HOUSE.stream().map(room -> inside(room.name())))
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule onlyWhatRoutesNameAndWhoBindsItKnowCamel = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages(inside("steps"), inside("polled"), inside("intakes"), inside("gateway"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    /** camel-mail hands over a MimeMessage, as an exchange's body and to its JavaMailSender. */
    private static final DescribedPredicate<JavaClass> NAME_A_MIME_MESSAGE = resideInAPackage(inside("steps"))
            .and(simpleName("LaneSender").or(simpleName("LaneMessage")).or(simpleName("Compose")))
            .as("name camel-mail's MimeMessage");

    @ArchTest
    static final ArchRule onlyMessageAndSmtpKnowJakartaMail = noneOfTheProduct()
            .and(not(resideInAnyPackage(inside("message"), inside("smtp"), inside("graph"), inside("notice"))
                    .or(NAME_A_MIME_MESSAGE)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus.mail..");

    private static String inside(String room) {
        return "org.mailchute." + room + "..";
    }
}
