package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.LoopLimits;
import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Makes the loops of subscriptions. Stateless. */
final class Loops {

    /** Handlers at work, and three times as many that wait for one, or behind a record of their key. */
    private static final int RECORDS_PER_HANDLER = 4;

    private static final long BYTES_IN_HAND = 16L * 1024 * 1024;
    private static final Duration COMMIT_EVERY = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private Loops() {}

    static PartitionLoop of(
            KafkaSettings kafka,
            String name,
            String group,
            String pattern,
            Collection<String> topics,
            SubscribeOptions options,
            RecordHandler records) {
        Map<String, Object> config = kafka.consumer(GroupAdmin.clientId(name, pattern), group);
        LoopLimits limits =
                new LoopLimits(RECORDS_PER_HANDLER * options.concurrency(), BYTES_IN_HAND, COMMIT_EVERY, GRACE);
        return new PartitionLoop(name, config, topics, limits, records);
    }
}
