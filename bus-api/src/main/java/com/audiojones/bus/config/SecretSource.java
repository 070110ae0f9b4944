package com.audiojones.bus.config;

import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where one secret comes from: its text, or a file that has nothing else in it, but for a line end.
 *
 * @param name what sentences about it begin with
 * @param text the secret itself, or null
 * @param file the file's name, or null
 */
record SecretSource(
        String name, @Nullable String text, @Nullable String file) {

    /** {@return the secret, or null where there is none; what is wrong goes into the problems} */
    @Nullable
    Secret read(Collection<String> problems) {
        String given = text == null || text.isEmpty() ? null : text;
        if (file == null || file.isEmpty()) {
            return given == null ? null : new Secret(given);
        }
        if (given != null) {
            problems.add(name + ": expected the secret or a file with it, got both");
            return new Secret(given);
        }
        try {
            return new Secret(Files.readString(Path.of(file)).strip());
        } catch (IOException | InvalidPathException e) {
            problems.add(name + ": expected a file that can be read, got " + file + ": " + what(file, e));
            return null;
        }
    }

    /** Has a problem for each thing that a secret in a header must not be. */
    static void check(String name, Secret secret, int minLength, Collection<String> problems) {
        String value = secret.reveal();
        if (!Secret.isPrintable(value)) {
            problems.add(name + ": expected printable ASCII characters, got others");
        }
        if (value.length() < minLength) {
            problems.add(name + ": expected at least " + minLength + " characters, got " + value.length());
        }
    }

    private static String what(String file, Exception failure) {
        if (failure instanceof InvalidPathException || Files.notExists(Path.of(file))) {
            return "no such file";
        }
        return Files.isDirectory(Path.of(file)) ? "a directory" : failure.toString();
    }
}
