package org.mailchute.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static org.mailchute.architecture.Code.noneOfTheTests;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/** No test depends on how fast the machine is; benchmarks may. How long tests wait says {@code testing.Patience}, for all of them. */
final class Unhurried {
    @ArchTest
    static final ArchRule noTestHasAPatienceOfItsOwn = outside("testing")
            .should()
            .accessTargetWhere(calls("org.awaitility..", "atMost|atLeast|between|timeout|setDefault\\w*"))
            .as("no test outside 'testing' tells Awaitility how long to wait");

    @ArchTest
    static final ArchRule noTestIsLate = outside("testing")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.junit.jupiter.api.Timeout")
            .orShould()
            .accessTargetWhere(calls("org.junit..", "assertTimeout\\w*"))
            .as("no test fails for being slow: junit-platform.properties ends what hangs");

    @ArchTest
    static final ArchRule noTestTakesTheTime = outside("testing")
            .should()
            .accessTargetWhere(calls("java.lang", "nanoTime|currentTimeMillis"))
            .as("no test takes the time of anything");

    private static GivenClassesConjunction outside(String folder) {
        return noneOfTheTests()
                .and()
                .resideOutsideOfPackages("org.mailchute." + folder + "..", "org.mailchute.bench..");
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String owners, String names) {
        return targetOwner(resideInAPackage(owners)).and(target(nameMatching(names)));
    }
}
