package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TargetFeedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path brokerDirectory;

    private static TestBus bus;
    private static TargetTopic topic;

    @TempDir
    private Path directory;

    private EventStore store;
    private TargetFeed feed;

    @BeforeAll
    static void startBus() throws InterruptedException {
        bus = TestBus.start(brokerDirectory);
        topic = new TargetTopic(bus.kafka(), "test");
    }

    @AfterAll
    static void stopBus() {
        topic.close();
        bus.close();
    }

    @BeforeEach
    void start() throws InterruptedException {
        for (String id : inForce().keySet()) {
            topic.publishDeletion(id);
        }
        store = SqliteEventStore.open(directory.resolve("store.db"));
        Clock clock = Clock.fixed(Targets.TIME, ZoneOffset.UTC);
        feed = new TargetFeed(
                new SinkSettings(1000, false, Duration.ofDays(90)),
                bus.kafka(),
                store.targets(),
                clock,
                TargetVault.CLEAR);
    }

    @AfterEach
    void stop() {
        feed.close();
        store.close();
    }

    @Test
    void afterTheReconcileTheTopicHasTheStoresTargetsAndTheMarkerLast() throws InterruptedException {
        Target kept = store.targets().save(Targets.target("kept"));
        topic.publish(kept);
        topic.publish(Targets.target("gone"));
        Target added = store.targets().save(Targets.target("added"));
        int before = bus.texts(Topics.TARGETS).size();

        feed.start();
        awaitReady();

        assertThat(bus.texts(Topics.TARGETS).subList(before, before + 3))
                .containsExactly(
                        "added=" + json(added),
                        "-gone",
                        "_feed={\"reconciled_at\":\"2026-11-21T10:30:00.000Z\",\"targets\":2}");
        assertThat(inForce()).containsOnlyKeys("kept", "added");
    }

    @Test
    void savedAndDeletedTargetsAreFollowed() {
        feed.start();
        awaitReady();

        Target first = store.targets().save(Targets.target("t1"));
        await().atMost(PATIENCE).until(() -> inForce().containsKey("t1"));
        assertThat(inForce().get("t1")).isEqualTo(TargetCodec.toJson(first));

        Target second = store.targets().save(first);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inForce().get("t1")).isEqualTo(TargetCodec.toJson(second)));

        store.targets().delete("t1");
        await().atMost(PATIENCE).until(() -> inForce().isEmpty());
    }

    @Test
    void anEmptyStoreTakesNoTargetOutOfForceUntilItHasTargetsAgain() throws InterruptedException {
        topic.publish(Targets.target("t1"));

        feed.start();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(feed.notReady())
                                .containsExactly(
                                        "target-feed: the store lacks 1 of the 1 targets in force; restore them, or start"
                                                + " once with sink.confirm-target-removal=true (AJ_BUS_SINK_CONFIRM_TARGET_REMOVAL) if they are meant to go"));
        assertThat(inForce()).containsOnlyKeys("t1");

        store.targets().save(Targets.target("t1"));
        awaitReady();
        assertThat(inForce()).containsOnlyKeys("t1");
    }

    private void awaitReady() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(feed.notReady()).isEmpty());
    }

    private static Map<String, byte[]> inForce() {
        return new TargetTopicReader(bus.kafka()).read();
    }

    private static String json(Target target) {
        return new String(TargetCodec.toJson(target), StandardCharsets.UTF_8);
    }
}
