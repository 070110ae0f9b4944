package com.audiojones.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What applications compile against: it changes on purpose or not at all, and brings nobody else's types along. */
class PublicApiTest {

    private static final List<String> PACKAGES = List.of("", "publish", "subscribe", "trace");
    private static final Path BASELINE = Path.of("src/test/resources/public-api.txt");
    private static final Path FOUND = Path.of("target/public-api.txt");
    private static final List<String> ALLOWED = List.of("java.", "com.audiojones.bus.", "org.apache.kafka.");

    @Test
    void theApiIsWhatTheBaselineSays() throws Exception {
        List<String> found = lines();
        Files.createDirectories(FOUND.getParent());
        Files.write(FOUND, found, UTF_8);

        assertThat(found)
                .as("the public API changed: if that is meant, cp bus-api/%s bus-api/%s", FOUND, BASELINE)
                .isEqualTo(Files.readAllLines(BASELINE, UTF_8));
    }

    /** But for the meters, which are made for one. */
    @Test
    void noTypeOfAnotherLibraryIsInASignature() throws Exception {
        List<Class<?>> types = types();
        types.remove(EventBusMeters.class);
        Set<String> foreign = new TreeSet<>();
        for (Class<?> type : types) {
            for (Executable each : executables(type)) {
                addForeign(each.getGenericParameterTypes(), foreign);
                addForeign(each.getGenericExceptionTypes(), foreign);
                if (each instanceof Method method) {
                    addForeign(new Type[] {method.getGenericReturnType()}, foreign);
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    private static List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types()) {
            Set<String> members = new TreeSet<>();
            for (Field field : type.getDeclaredFields()) {
                if (isPublic(field.getModifiers())) {
                    members.add("  " + field.toGenericString());
                }
            }
            for (Executable each : executables(type)) {
                members.add("  " + each.toGenericString());
            }
            lines.add(type.toGenericString());
            lines.addAll(members);
        }
        return lines;
    }

    private static List<Executable> executables(Class<?> type) {
        Stream<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors());
        Stream<Method> methods = Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isSynthetic());
        return Stream.<Executable>concat(constructors, methods)
                .filter(each -> isPublic(each.getModifiers()))
                .toList();
    }

    private static boolean isPublic(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String name : PACKAGES) {
            Path directory = Path.of("target/classes/com/audiojones/bus").resolve(name);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    String simple = file.getFileName().toString();
                    if (simple.endsWith(".class") && !simple.startsWith("package-info")) {
                        String prefix = "com.audiojones.bus." + (name.isEmpty() ? "" : name + ".");
                        Class<?> type = Class.forName(prefix + simple.replace(".class", ""));
                        if (isVisible(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        return types;
    }

    private static boolean isVisible(Class<?> type) {
        return isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static void addForeign(Type[] signature, Set<String> foreign) {
        for (Type type : signature) {
            switch (type) {
                case Class<?> plain -> {
                    Class<?> element = plain.isArray() ? plain.componentType() : plain;
                    if (!element.isPrimitive() && ALLOWED.stream().noneMatch(element.getName()::startsWith)) {
                        foreign.add(element.getName());
                    }
                }
                case ParameterizedType generic -> {
                    addForeign(new Type[] {generic.getRawType()}, foreign);
                    addForeign(generic.getActualTypeArguments(), foreign);
                }
                case WildcardType wildcard -> addForeign(wildcard.getUpperBounds(), foreign);
                case TypeVariable<?> variable -> addForeign(variable.getBounds(), foreign);
                case GenericArrayType array -> addForeign(new Type[] {array.getGenericComponentType()}, foreign);
                default -> foreign.add(type.getTypeName());
            }
        }
    }
}
