package org.mailchute.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who renames a method that is a marked point learns of it here, and not in a night. */
class MarkTest {
    @ParameterizedTest
    @EnumSource(Mark.class)
    void aMarkedPointIsThere(Mark mark) throws Exception {
        List<Class<?>> ends = Arrays.stream(load(mark.className()).getDeclaredMethods())
                .filter(method -> method.getName().equals(mark.method()) && !method.isBridge())
                .<Class<?>>map(method -> method.getReturnType())
                .toList();
        assertThat(ends).as("methods %s of %s", mark.method(), mark.className()).isNotEmpty();
        if (mark.edge() == Mark.Edge.END) {
            assertThat(ends).as("return nothing").containsOnly(void.class);
        }
        if (mark.within().startsWith("org.mailchute.")) {
            assertThat(load(mark.within())).isNotNull();
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, MarkTest.class.getClassLoader());
    }
}
