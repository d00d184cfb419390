package org.mailchute.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
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
@AnalyzeClasses(packages = "org.mailchute", importOptions = ImportOption.DoNotIncludeTests.class)
final class HabitsTest {
    @ArchTest
    static final ArchRule onlyBootReadsTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage("org.mailchute.boot..")
            .should(accessTargetWhere(does("read the environment", HabitsTest::readsEnvironment)));

    /** The simulator makes certificates, and TLS compares their dates with the machine's clock. */
    @ArchTest
    static final ArchRule onlyBootAndTheSimulatorReadTheMachinesClock = noClasses()
            .that()
            .resideOutsideOfPackages("org.mailchute.boot..", "org.mailchute.simulator..")
            .should(accessTargetWhere(does("read the machine's clock", HabitsTest::readsClock)));

    @ArchTest
    static final ArchRule chanceIsPassedIn =
            noClasses().should(accessTargetWhere(does("take its own chance", HabitsTest::takesChance)));

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(liveInANullMarkedPackage());

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
