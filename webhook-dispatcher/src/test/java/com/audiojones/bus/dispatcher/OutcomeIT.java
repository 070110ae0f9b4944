package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An outcome that Kafka did not acknowledge is none: no commit covers it. */
@Timeout(120)
class OutcomeIT {

    private static final String GROUP = "ajbus-dispatcher-standard";
    private static final int EVENTS = 200;

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private DispatcherUnderTest bus;

    @BeforeEach
    void start() throws InterruptedException {
        bus = DispatcherUnderTest.start(directory, Map.of());
    }

    @AfterEach
    void stop() {
        bus.close();
        receiver.close();
    }

    @Test
    void whileOutcomesCannotBeWrittenNoCommitMovesAndNothingIsSentTwice() throws Exception {
        bus.target("refused", receiver.url("/refused"));
        deleteOutcomeTopic();
        bus.publishMany("refused-", EVENTS, Priority.P1);
        await().atMost(DispatcherUnderTest.SOON).until(() -> receiver.requests().size() == EVENTS);

        await().pollDelay(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10)).until(() -> true);
        assertThat(committed()).isZero();
        assertThat(bus.service().notReady()).anyMatch(reason -> reason.contains("records cannot be written"));

        new TopicAdmin(bus.bus().kafka(), TopicSizes.EMBEDDED).ensure();
        bus.awaitDeliveries(DeliveryKind.DELIVERED, EVENTS, Duration.ofSeconds(60));
        await().atMost(DispatcherUnderTest.SOON).until(() -> committed() == EVENTS);
        assertThat(receiver.requests()).hasSize(EVENTS);
        assertThat(bus.deliveries(DeliveryKind.DELIVERED)).hasSize(EVENTS);
    }

    private void deleteOutcomeTopic() throws Exception {
        try (Admin admin = Admin.create(bus.bus().kafka().admin("test-admin"))) {
            admin.deleteTopics(List.of(Topics.DELIVERIES)).all().get();
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(bus.bus().kafka().admin("test-admin"))) {
            return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }
}
