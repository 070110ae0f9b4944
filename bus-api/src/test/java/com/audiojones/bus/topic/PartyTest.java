package com.audiojones.bus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who writes and reads what is as the operators' page has it. */
class PartyTest {

    private static final Path PAGE = Path.of("..", "docs", "operations", "topics.md");

    @Test
    void whoWritesAndReadsIsAsThePageSays() throws IOException {
        Map<String, Set<String>> writers = new TreeMap<>();
        Map<String, Set<String>> readers = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                String[] cells = line.split("\\|");
                for (String topic : topics(cells[1].strip())) {
                    writers.put(topic, names(cells[2]));
                    readers.put(topic, names(cells[3]));
                }
            }
        }

        assertThat(parties(Party::writes)).isEqualTo(writers);
        assertThat(parties(Party::reads)).isEqualTo(readers);
    }

    @Test
    void whatAGroupReadsItsPartyReads() {
        for (Party party : Party.values()) {
            assertThat(party.groups().values())
                    .allSatisfy(topics -> assertThat(party.reads()).containsAll(topics));
        }
    }

    /** Later lines of the page win, so that one topic of many may be told apart. */
    private static Set<String> topics(String cell) {
        String pattern = cell.replace("`", "");
        String prefix = pattern.substring(0, pattern.length() - 1);
        return Topics.all().stream()
                .map(TopicSpec::name)
                .filter(name -> pattern.endsWith("*") ? name.startsWith(prefix) : name.equals(pattern))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> parties(Function<Party, Set<String>> topics) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Party party : Party.values()) {
            topics.apply(party).forEach(topic -> found.computeIfAbsent(topic, any -> new TreeSet<>())
                    .add(party.name().toLowerCase(Locale.ROOT)));
        }
        return found;
    }
}
