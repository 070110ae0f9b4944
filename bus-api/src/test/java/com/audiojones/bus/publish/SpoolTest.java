package com.audiojones.bus.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.event.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long ROOM = 64L * 1024 * 1024;

    @TempDir
    private Path directory;

    @Test
    void whatIsAppendedComesBackWholeAndInOrder() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            spool.append(Outgoing.of(new EventId("a"), "audit.user", null, bytes("1"), null));
            spool.append(Outgoing.of(new EventId("b"), "events.status", bytes("key"), bytes("2"), "00-trace"));
            spool.force();

            List<SpoolFile.Found> found = spool.peek(10);

            assertThat(found).extracting(each -> each.event().id().value()).containsExactly("a", "b");
            Outgoing second = found.get(1).event();
            assertThat(second.topic()).isEqualTo("events.status");
            assertThat(second.traceparent()).isEqualTo("00-trace");
            assertThat(second.record().key()).isEqualTo(bytes("key"));
            assertThat(second.record().value()).isEqualTo(bytes("2"));
            assertThat(found.get(0).event().record().key()).isNull();
            assertThat(found.get(0).event().traceparent()).isNull();
        }
    }

    @Test
    void whatIsDroppedIsGoneAndItsFilesWithIt() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            for (int i = 0; i < 200; i++) {
                spool.append(event(i, 100_000));
            }
            assertThat(files()).hasSizeGreaterThan(2);
            List<String> seen = new ArrayList<>();
            for (List<SpoolFile.Found> some = spool.peek(7); !some.isEmpty(); some = spool.peek(7)) {
                some.forEach(each -> seen.add(each.event().id().value()));
                drop(spool, some);
            }

            assertThat(seen).hasSize(200).containsExactlyElementsOf(ids(0, 200));
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.bytes()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aNewProcessFindsWhatIsLeft() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            for (int i = 0; i < 3; i++) {
                spool.append(event(i, 10));
            }
        }

        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            spool.append(event(3, 10));
            assertThat(spool.peek(10))
                    .extracting(each -> each.event().id().value())
                    .containsExactlyElementsOf(ids(0, 4));
        }
    }

    @Test
    void anEntryThatACrashLeftUnfinishedIsCutOff() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            spool.append(event(0, 10));
            spool.append(event(1, 10));
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int torn = whole.length / 2 + 1; torn < whole.length; torn++) {
            Files.write(file, Arrays.copyOf(whole, torn));
            try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
                spool.append(event(2, 10));
                assertThat(spool.peek(10))
                        .extracting(each -> each.event().id().value())
                        .containsExactly("e-0", "e-2");
            }
            Files.deleteIfExists(directory.resolve(file.getFileName() + ".damaged"));
        }
    }

    @Test
    void damageIsSetAsideAndTheNextFileIsRead() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            for (int i = 0; i < 100; i++) {
                spool.append(event(i, 100_000));
            }
        }
        Path first = files().getFirst();
        byte[] bytes = Files.readAllBytes(first);
        bytes[150_000] ^= 1;
        Files.write(first, bytes);

        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            List<String> seen = new ArrayList<>();
            for (List<SpoolFile.Found> some = spool.peek(50); !some.isEmpty(); some = spool.peek(50)) {
                some.forEach(each -> seen.add(each.event().id().value()));
                drop(spool, some);
            }
            assertThat(seen).startsWith("e-0").endsWith("e-99").doesNotContain("e-1", "e-2");
        }
        assertThat(first.resolveSibling(first.getFileName() + ".damaged")).isNotEmptyFile();
    }

    @Test
    void aFullSpoolTakesNoMore() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(1_000))) {
            spool.append(event(0, 500));
            assertThatThrownBy(() -> spool.append(event(1, 500)))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("e-1")
                    .hasMessageContaining("1000 bytes");
            drop(spool, spool.peek(1));
            spool.append(event(1, 500));
        }
    }

    @Test
    void whatAPowerLossLeavesBehindIsCutOff() throws IOException {
        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            spool.append(event(0, 10));
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int zeros = 1; zeros <= 64; zeros++) {
            Files.write(file, Arrays.copyOf(whole, whole.length + zeros));
            SpoolBudget budget = new SpoolBudget(ROOM);
            try (Spool spool = Spool.open(directory, budget)) {
                assertThat(budget.used()).isEqualTo(whole.length);
                spool.append(event(1, 10));
                assertThat(spool.peek(10))
                        .extracting(each -> each.event().id().value())
                        .containsExactly("e-0", "e-1");
            }
            Files.write(file, whole);
        }
    }

    @Test
    void filesThatAreNotOursAreLeftAlone() throws IOException {
        Files.writeString(directory.resolve("backup.spool"), "mine");

        try (Spool spool = Spool.open(directory, new SpoolBudget(ROOM))) {
            assertThat(spool.isEmpty()).isTrue();
        }
        assertThat(directory.resolve("backup.spool")).hasContent("mine");
    }

    @Test
    void whatKafkaNeverTakesIsSetAsideAsAReadableLine() throws IOException {
        SpoolBudget budget = new SpoolBudget(ROOM);
        try (Spool spool = Spool.open(directory, budget)) {
            spool.append(Outgoing.of(new EventId("a"), "audit.user", null, bytes("{\"n\":1}"), null));
            spool.setAside(spool.peek(1).getFirst(), new IllegalStateException("too large"));

            assertThat(spool.isEmpty()).isTrue();
            assertThat(budget.used()).isZero();
        }
        assertThat(directory.resolve("set-aside.ndjson"))
                .content()
                .contains("\"eventId\":\"a\"", "\"topic\":\"audit.user\"", "\"reason\":\"too large\"", "{\\\"n\\\":1}");
    }

    @Test
    void aDirectoryIsForOneAtATime() throws IOException {
        try (SpoolDirectory open = SpoolDirectory.open(directory)) {
            assertThat(open.topics()).isEmpty();
            assertThatThrownBy(() -> SpoolDirectory.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another event bus");
        }
        SpoolDirectory.open(directory).close();
    }

    private static void drop(Spool spool, List<SpoolFile.Found> oldest) throws IOException {
        for (SpoolFile.Found each : oldest) {
            spool.drop(each);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "e-" + i).toList();
    }

    private static Outgoing event(int number, int size) {
        return Outgoing.of(new EventId("e-" + number), "audit.user", null, new byte[size], null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
