package com.audiojones.bus.router.status;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker, with a clock of its own, and what it has written so far. */
final class Driver implements AutoCloseable {

    private final List<StatsDelta> late = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, byte[]> statusTopic;
    private final TestOutputTopic<String, byte[]> statsTopic;
    private final Map<String, EventStatus> statuses = new HashMap<>();
    private final Map<String, StatsBucket> buckets = new TreeMap<>();
    private int statusesWritten;

    Driver(Path directory, Instant now) {
        this.driver = new TopologyTestDriver(
                StatusTopology.build(late::add),
                StreamsConfiguration.of(
                        new KafkaSettings("none:9092", Map.of()), new StatusSettings(directory, 1, 0), (short) 1),
                now);
        this.statusTopic =
                driver.createOutputTopic(Topics.EVENT_STATUS, new StringDeserializer(), new ByteArrayDeserializer());
        this.statsTopic = driver.createOutputTopic(Topics.STATS, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void write(ProducerRecord<byte[], byte[]> record, Instant at) {
        driver.createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        // What changed takes two steps to the buckets, each due once a second.
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** What is kept of events and replays, by key, and the number of records that said so. */
    Map<String, EventStatus> statuses() throws Exception {
        for (TestRecord<String, byte[]> record : statusTopic.readRecordsToList()) {
            statuses.put(record.key(), EventStatus.fromJson(record.value()));
            statusesWritten++;
        }
        return statuses;
    }

    int statusesWritten() {
        return statusesWritten;
    }

    /** The buckets, by key. */
    Map<String, StatsBucket> buckets() throws Exception {
        for (TestRecord<String, byte[]> record : statsTopic.readRecordsToList()) {
            if (record.value() == null) {
                buckets.remove(record.key());
            } else {
                buckets.put(record.key(), StatsBucket.fromJson(record.value()));
            }
        }
        return buckets;
    }

    /** How each pair fares, by the keys of its event and its target. */
    Map<String, PairStatus> pairs() {
        Map<String, PairStatus> pairs = new HashMap<>();
        try (KeyValueIterator<String, PairStatus> iterator = driver.<String, PairStatus>getKeyValueStore(
                        StatusProcessor.PAIRS)
                .all()) {
            iterator.forEachRemaining(pair -> pairs.put(pair.key, pair.value));
        }
        return pairs;
    }

    Counts counts(boolean replays) throws Exception {
        return Buckets.counts(buckets().values(), replays);
    }

    Map<String, Counts> byTarget() throws Exception {
        return Buckets.byTarget(buckets().values());
    }

    long entries(String store) {
        try (var iterator = driver.getKeyValueStore(store).all()) {
            long entries = 0;
            while (iterator.hasNext()) {
                iterator.next();
                entries++;
            }
            return entries;
        }
    }

    List<TestRecord<byte[], byte[]>> quarantined() {
        return driver.createOutputTopic(Topics.QUARANTINE, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<StatsDelta> late() {
        return late;
    }

    @Override
    public void close() {
        driver.close();
    }
}
