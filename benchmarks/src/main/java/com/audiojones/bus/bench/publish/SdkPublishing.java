package com.audiojones.bus.bench.publish;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AuditEvent;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;

/** The SDK, as applications use it. */
final class SdkPublishing implements Publishing {

    private final EventBus bus;
    private final Map<String, String> data;

    SdkPublishing(KafkaSettings kafka, Duration deadline, Map<String, String> data) {
        this.bus = EventBus.connect(
                EventBusSettings.of(kafka.bootstrapServers(), "bench").withDeadline(deadline));
        this.data = data;
    }

    @Override
    public void publish(LongConsumer acknowledged) {
        AuditEvent event = AuditEvent.ofType(PublishSuite.TYPE)
                .actor(PublishSuite.ACTOR, ActorType.SYSTEM)
                .data(data)
                .build();
        var _ = bus.publish(event).thenRun(() -> acknowledged.accept(System.nanoTime()));
    }

    @Override
    public void close() {
        bus.close();
    }
}
