package org.mailchute.service;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes records of what a YAML file of ours holds. By hand, since Jackson takes a twentieth of a start to get ready for it. */
final class Records {
    private Records() {}

    /**
     * Each component has its key in {@code tree}, by its name, and there is no other key.
     *
     * @throws IllegalArgumentException when it is not so, or a value is of another kind than its component
     */
    static <R extends Record> R read(Class<R> kind, @Nullable Object tree) {
        RecordComponent[] components = kind.getRecordComponents();
        Set<String> names =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        if (!(tree instanceof Map<?, ?> values) || !values.keySet().equals(names)) {
            throw new IllegalArgumentException(kind.getSimpleName() + " wants just " + names + ", found " + tree);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components)
                .map(component -> value(component, values.get(component.getName())))
                .toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(kind.getSimpleName() + " cannot be made of " + values, e);
        }
    }

    private static Object value(RecordComponent component, @Nullable Object read) {
        if (component.getType().isRecord()) {
            return read(component.getType().asSubclass(Record.class), read);
        }
        if (read == null) {
            throw new IllegalArgumentException(component.getName() + " is empty");
        }
        return read instanceof List<?> several ? List.copyOf(several) : read;
    }
}
