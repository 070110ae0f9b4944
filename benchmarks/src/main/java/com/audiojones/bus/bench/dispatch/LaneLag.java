package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the dispatcher is behind on a lane, by what it has committed. */
final class LaneLag {

    private static final Duration POLL = Duration.ofMillis(100);

    private LaneLag() {}

    /** Blocks until everything in the lane is committed, or the time is over; one pass must not burden the next. */
    static void awaitNone(KafkaSettings kafka, Lane lane, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(kafka.admin("bench-lag"))) {
            while (lag(admin, lane) > 0 && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not tell the lag: " + e.getCause(), e);
        }
    }

    private static long lag(Admin admin, Lane lane) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        "ajbus-dispatcher-" + lane.label())
                .partitionsToOffsetAndMetadata()
                .get();
        committed.keySet().removeIf(partition -> !partition.topic().equals(lane.topic()));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(committed.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get();
        long lag = 0;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next : committed.entrySet()) {
            lag += Objects.requireNonNull(ends.get(next.getKey())).offset()
                    - next.getValue().offset();
        }
        return lag;
    }
}
