package org.mailchute.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.mailchute.architecture.Code.PRODUCT;
import static org.mailchute.architecture.Code.noneOfTheProduct;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** What no room does: read the environment or the clock behind everyone's back, or leave null to chance. */
final class Habits {
    @ArchTest
    static final ArchRule onlyCommandsAndTheBundleReadTheEnvironment = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages("org.mailchute.command..", "org.mailchute.karaf..")
            .should(accessTargetWhere(does("read the environment", Habits::readsEnvironment)));

    /** The simulator makes certificates, and TLS compares their dates with the machine's clock. */
    @ArchTest
    static final ArchRule whatCarriesMailIsToldTheTime = noneOfTheProduct()
            .and()
            .resideOutsideOfPackages(
                    "org.mailchute.broker..",
                    "org.mailchute.command..",
                    "org.mailchute.gateway..",
                    "org.mailchute.management..",
                    "org.mailchute.rehearsal..",
                    "org.mailchute.simulator..")
            .should(accessTargetWhere(does("read the machine's clock", Habits::readsClock)));

    @ArchTest
    static final ArchRule chanceIsPassedIn =
            noneOfTheProduct().should(accessTargetWhere(does("take its own chance", Habits::takesChance)));

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that(PRODUCT)
            .and()
            .resideOutsideOfPackage("org.mailchute.console.pages") // made of templates
            .should(liveInANullMarkedPackage());

    private static boolean readsEnvironment(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class)
                && access.getName().equals("getenv");
    }

    private static boolean readsClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isEquivalentTo(Clock.class) && access.getName().startsWith("system")
                || owner.isEquivalentTo(System.class) && access.getName().equals("currentTimeMillis")
                || owner.getPackageName().equals("java.time")
                        && access.getName().equals("now")
                        && !access.getTarget().getFullName().contains(Clock.class.getName());
    }

    private static boolean takesChance(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class)
                || access.getTargetOwner().isEquivalentTo(Math.class)
                        && access.getName().equals("random");
    }

    private static DescribedPredicate<JavaAccess<?>> does(String what, Predicate<JavaAccess<?>> which) {
        return DescribedPredicate.describe(what, which);
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package marked @NullMarked by its package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        };
    }
}
