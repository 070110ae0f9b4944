package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What retention removes before it was delivered is told, and what is left is delivered. */
@Timeout(120)
class RetentionIT {

    private static final int EVENTS = 60;
    private static final Pattern LOST = Pattern.compile("(\\d+) records of bus\\.lane\\.standard-\\d+ were removed");

    @TempDir
    private Path directory;

    @Test
    void recordsRemovedUnreadRaiseAnAlertAndTheOthersAreDelivered() throws Exception {
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                DispatcherUnderTest bus = DispatcherUnderTest.start(directory, Map.of())) {
            bus.target("any", receiver.url("/any"));
            bus.publishMany("read-", EVENTS, Priority.P1);
            bus.awaitDeliveries(DeliveryKind.DELIVERED, EVENTS, DispatcherUnderTest.SOON);
            bus.service().close();
            bus.publishMany("removed-", EVENTS, Priority.P1);
            removeAll(bus);
            bus.publishMany("left-", EVENTS, Priority.P1);

            try (DispatcherService again = bus.another()) {
                bus.awaitDeliveries(DeliveryKind.DELIVERED, 2 * EVENTS, DispatcherUnderTest.SOON);
                await().atMost(DispatcherUnderTest.SOON).until(() -> toldAsLost(bus) == EVENTS);
                assertThat(again.notReady()).isEmpty();
            }
            assertThat(bus.deliveries(DeliveryKind.DELIVERED))
                    .extracting(record -> record.eventId().replaceAll("\\d", ""))
                    .containsOnly("read-", "left-");
        }
    }

    /** As retention does it: nothing is left in the lane. */
    private static void removeAll(DispatcherUnderTest bus) throws Exception {
        try (Admin admin = Admin.create(bus.bus().kafka().admin("test-admin"))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            String topic = Lane.STANDARD.topic();
            int partitions = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
            IntStream.range(0, partitions)
                    .forEach(i -> all.put(new TopicPartition(topic, i), RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }

    private static int toldAsLost(DispatcherUnderTest bus) {
        return bus.bus().texts(Topics.forType("alert_triggered")).stream()
                .flatMap(text -> LOST.matcher(text).results())
                .map(MatchResult::group)
                .mapToInt(text -> Integer.parseInt(text.substring(0, text.indexOf(' '))))
                .sum();
    }
}
