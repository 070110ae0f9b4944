package com.audiojones.bus.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.testkit.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code publish --file} and {@code subscribe --exec}, as a shell sees them. */
class PublishAndSubscribeIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LINES = 2_000;

    @TempDir
    private Path directory;

    private DevBus bus;

    @BeforeEach
    void start() throws InterruptedException {
        bus = DevBus.start(new Options(directory.resolve("bus"), 0, 0, 0, false));
        assertThat(bus.awaitReady()).isTrue();
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void everyLineOfAFileReachesTheCommandOfASubscriber() throws Exception {
        Path seen = Files.createFile(directory.resolve("seen"));
        Path once = directory.resolve("failed-once");
        String command =
                "read -r body; test -e '%2$s' || { touch '%2$s'; exit 7; }; echo \"$AJBUS_EVENT_ID $body\" >> '%1$s'"
                        .formatted(seen, once);
        Path file = directory.resolve("events.ndjson");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add("{\"event_id\":\"line-" + i + "\",\"event_type\":\"status_change\",\"payload\":" + i + "}");
        }
        Files.write(file, lines, UTF_8);
        try (JavaProcess subscriber = ajbus("subscribe", "status_change", "--exec", command)) {
            subscriber.awaitLine(Pattern.compile("subscribed to status_change as group ajbus-cli.status_change"), SOON);

            assertThat(publish("events.status", file)).isZero();

            await().atMost(SOON).until(() -> Files.readAllLines(seen).size() == 20);
            assertThat(Files.readAllLines(seen)).anySatisfy(line -> assertThat(line)
                    .startsWith("line-7 {\"event_id\":\"line-7\"")
                    .contains("\"payload\":7,"));
            assertThat(subscriber.output()).anyMatch(line -> line.contains("the command ended with status 7"));
            assertThat(subscriber.stop(SOON)).isEqualTo(143);
        }
    }

    @Test
    void aFileOfPayloadsIsPublishedWithItsProgressAndItsBadLinesAreNamed() throws Exception {
        Path file = directory.resolve("payloads.ndjson");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(i == 7 ? "nonsense" : "{\"n\":" + i + "}");
        }
        Files.write(file, lines, UTF_8);
        try (JavaProcess publish = ajbus("publish", "user.login", "--file", file.toString(), "--priority", "p0")) {
            assertThat(publish.exitCode(SOON)).isEqualTo(1);
            assertThat(publish.output())
                    .contains("line 8: data: expected JSON, got: Unrecognized token 'nonsense': was expecting"
                            + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
            assertThat(publish.output().getLast())
                    .matches("published 1999 \\(\\d+/s\\), failed 0, no events 1, in flight 0");
        }
    }

    @Test
    void aCommandThatIsNotDoneInTimeIsEndedWithAllThatItStarted() throws Exception {
        Path pids = Files.createFile(directory.resolve("pids"));
        Path file = directory.resolve("large.ndjson");
        Files.writeString(
                file, "{\"event_type\":\"status_change\",\"payload\":\"" + "x".repeat(200_000) + "\"}\n", UTF_8);
        String command = "sleep 300 & echo $! >> '" + pids + "'; wait";
        try (JavaProcess subscriber = ajbus("subscribe", "status_change", "--exec", command, "--deadline", "2")) {
            subscriber.awaitLine(Pattern.compile("subscribed to status_change"), SOON);
            assertThat(publish("events.status", file)).isZero();
            await().atMost(SOON).until(() -> !Files.readAllLines(pids).isEmpty());
            long sleeping = Long.parseLong(Files.readAllLines(pids).getFirst());

            subscriber.awaitLine(Pattern.compile("the handler was not done within PT2S"), SOON);

            await().atMost(SOON).until(() -> ProcessHandle.of(sleeping)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    private int publish(String topic, Path file) throws InterruptedException {
        try (JavaProcess publish = ajbus("publish", topic, "--file", file.toString())) {
            return publish.exitCode(SOON);
        }
    }

    private JavaProcess ajbus(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bus", directory.resolve("bus").toString()));
        return JavaProcess.start("com.audiojones.bus.launcher.Main", all, Map.of());
    }
}
