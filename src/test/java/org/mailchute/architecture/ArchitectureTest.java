package org.mailchute.architecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** All rules about classes, in one place because reading the classes takes longer than all of the rules. */
@AnalyzeClasses(packages = "org.mailchute")
final class ArchitectureTest {
    @ArchTest
    static final ArchTests rooms = ArchTests.in(Rooms.class);

    @ArchTest
    static final ArchTests habits = ArchTests.in(Habits.class);

    @ArchTest
    static final ArchTests everywhere = ArchTests.in(Everywhere.class);

    @ArchTest
    static final ArchTests testsThatWait = ArchTests.in(Unhurried.class);
}
