package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about Docker Compose names every variable that its files take, and no other. */
class ComposePageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TAKEN = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final Pattern NAMED = Pattern.compile("`([A-Z0-9_]+)`");

    @Test
    void everyVariableIsOnThePage() throws IOException {
        String files = Files.readString(ROOT.resolve("docker-compose.yml"))
                + Files.readString(ROOT.resolve("compose.cluster.yml"));
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/operations/compose.md"))) {
            if (line.startsWith("| `")) {
                named.addAll(all(NAMED, line.split("\\|")[1]).collect(Collectors.toSet()));
            }
        }

        assertThat(all(TAKEN, files).collect(Collectors.toSet())).isEqualTo(named);
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }
}
