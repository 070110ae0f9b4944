package com.audiojones.bus.publish;

import com.audiojones.bus.publish.Published.Position;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What Kafka's answers are to those who wait for them. Stateless. */
final class Acknowledgements {

    private Acknowledgements() {}

    static Published of(Outgoing event, RecordMetadata position) {
        return new Published(event.id(), event.topic(), new Position(position.partition(), position.offset()));
    }

    static PublishFailedException failure(Outgoing event, Exception reason) {
        return new PublishFailedException(
                "event " + event.id() + " for " + event.topic() + " was not acknowledged: " + reason.getMessage(),
                reason);
    }

    /** Kafka's own flush knows no deadline. */
    static void flush(Producer<byte[], byte[]> producer, Duration deadline) throws InterruptedException {
        Thread flushing = Thread.ofVirtual().name("event-bus-flush").start(producer::flush);
        if (!flushing.join(deadline)) {
            flushing.interrupt();
            throw new PublishFailedException("flush: expected everything to be acknowledged within " + deadline
                    + ", but some events are still in flight");
        }
    }
}
