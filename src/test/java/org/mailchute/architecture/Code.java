package org.mailchute.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.nio.file.Path;

/** Which of the classes are the product's and which are its tests': all are imported once, and told apart by where they lie. */
final class Code {
    private static final Path TESTS = Path.of(
            Code.class.getProtectionDomain().getCodeSource().getLocation().getPath());

    static final DescribedPredicate<JavaClass> TEST = describe("are of the tests", Code::liesWithTheTests);
    static final DescribedPredicate<JavaClass> PRODUCT = not(TEST).as("are of the product");

    private Code() {}

    static GivenClassesConjunction noneOfTheProduct() {
        return noClasses().that(PRODUCT);
    }

    static GivenClassesConjunction noneOfTheTests() {
        return noClasses().that(TEST);
    }

    private static boolean liesWithTheTests(JavaClass type) {
        return type.getSource()
                .map(source -> Path.of(source.getUri()).startsWith(TESTS))
                .orElse(false);
    }
}
