package com.audiojones.bus.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.testkit.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ajbus topics} says about a cluster that is there, and about one that is not. */
class TopicsCommandIT {

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void whatIsMissingIsNamedThenMadeThenFound() throws Exception {
        CommandRun before = run("check", broker.bootstrapServers(), 1);
        CommandRun made = run("create", broker.bootstrapServers(), 1);
        CommandRun again = run("create", broker.bootstrapServers(), 1);
        CommandRun after = run("check", broker.bootstrapServers(), 1);

        assertThat(before.exitCode()).isEqualTo(2);
        assertThat(before.error())
                .contains("topic audit.user: expected to be there, and that this client may see it; found none")
                .contains("topic bus.stats: expected to be there");
        assertThat(made.output())
                .contains("made audit.user\n")
                .contains("topics are as they must be, 52 of them are new");
        assertThat(again.output()).contains(", 0 of them are new");
        assertThat(after.exitCode()).isZero();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of("webhook.dlq")).all().get();
        }
        assertThat(run("check", broker.bootstrapServers(), 1).error())
                .isEqualTo(
                        "ajbus: topic webhook.dlq: expected to be there, and that this client may see it; found none\n");
    }

    @Test
    void moreCopiesThanBrokersAreASentence() {
        CommandRun result = run("create", broker.bootstrapServers(), 3);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error())
                .contains("topics.replication-factor: expected at most as many as there are brokers, got 3: ")
                .doesNotContain("Exception");
    }

    @Test
    void anAddressThatCannotBeOneIsASentence() {
        for (String address : List.of("nonsense", "no-such-host.invalid:9092")) {
            CommandRun result = run("check", address, 1);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.error())
                    .startsWith("ajbus: Kafka at " + address + ": expected kafka.bootstrap-servers (host:port,")
                    .doesNotContain("Exception");
        }
    }

    @Test
    @Timeout(30)
    void aClusterThatDoesNotAnswerIsASentenceWithinHalfAMinute() {
        CommandRun result = run("create", "127.0.0.1:" + FreePort.next(), 1);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error()).contains("could not list topics within 10 s; check kafka.bootstrap-servers");
    }

    private static CommandRun run(String command, String address, int copies) {
        return CommandRun.of(
                "topics",
                command,
                "--set",
                "kafka.bootstrap-servers=" + address,
                "--set",
                "topics.replication-factor=" + copies);
    }
}
