package com.audiojones.bus.dispatcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurableWriterTest {

    private static final Duration AGAIN = Duration.ofMillis(250);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ManualTimer timer = new ManualTimer();
    private final DurableWriter writer = new DurableWriter(producer, timer, Oversize::quarantined);
    private final AtomicInteger settled = new AtomicInteger();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void anOutcomeIsSettledOnceAllItsRecordsAreAcknowledged() {
        writer.write(List.of(record("a"), record("b")), settled::incrementAndGet);

        producer.completeNext();
        assertThat(settled).hasValue(0);
        producer.completeNext();

        assertThat(settled).hasValue(1);
        assertThat(topics()).containsExactly("a", "b");
    }

    @Test
    void aProducerThatNeverCompletesSettlesNothing() {
        writer.write(List.of(record("a")), settled::incrementAndGet);

        timer.advance(Duration.ofDays(1));

        assertThat(settled).hasValue(0);
        assertThat(topics()).containsExactly("a");
    }

    @Test
    void aRecordThatFailsIsWrittenAgainAloneUntilItIsAcknowledged() {
        writer.write(List.of(record("a"), record("b")), settled::incrementAndGet);
        producer.completeNext();
        producer.errorNext(new TimeoutException("away"));
        assertThat(writer.trouble()).isEqualTo("records cannot be written to b: away");

        for (int i = 0; i < 5; i++) {
            timer.advance(AGAIN);
            producer.errorNext(new TopicAuthorizationException("not allowed"));
        }
        assertThat(settled).hasValue(0);
        timer.advance(AGAIN);
        producer.completeNext();

        assertThat(settled).hasValue(1);
        assertThat(writer.trouble()).isNull();
        assertThat(topics()).containsExactly("a", "b", "b", "b", "b", "b", "b", "b");
    }

    @Test
    void aFailureIsNotFollowedByAnotherTryAtOnce() {
        writer.write(List.of(record("a")), settled::incrementAndGet);
        producer.errorNext(new TimeoutException("away"));

        timer.advance(AGAIN.minusMillis(1));
        assertThat(topics()).containsExactly("a");

        timer.advance(Duration.ofMillis(1));
        assertThat(topics()).containsExactly("a", "a");
    }

    @Test
    void aProducerThatThrowsIsAskedAgain() {
        producer.sendException = new KafkaException("buffer full");
        writer.write(List.of(record("a")), settled::incrementAndGet);
        producer.sendException = null;

        timer.advance(AGAIN);
        producer.completeNext();

        assertThat(settled).hasValue(1);
    }

    @Test
    void whatIsTooLargeGoesToQuarantineAndSettlesOnThatAcknowledgement() throws InvalidRecordException {
        Pair pair = Samples.pair(Samples.headers(1, 1, 0, null), () -> {});
        writer.write(List.of(Outcomes.retry(pair, "webhook.retry.high.2s", Samples.NOW)), settled::incrementAndGet);

        producer.errorNext(new RecordTooLargeException("too large"));

        ProducerRecord<byte[], byte[]> quarantined = producer.history().getLast();
        QuarantineRecord why = QuarantineRecord.read(quarantined.headers());
        assertThat(quarantined.topic()).isEqualTo("bus.quarantine");
        assertThat(quarantined.value()).isEqualTo(Samples.BODY);
        assertThat(why.reason()).isEqualTo("too large for webhook.retry.high.2s: too large");
        assertThat(why.stage()).isEqualTo("dispatcher");
        assertThat(why.topic() + "-" + why.partition() + "@" + why.offset()).isEqualTo("bus.lane.high-3@42");
        assertThat(settled).hasValue(0);
        producer.completeNext();
        assertThat(settled).hasValue(1);
    }

    @Test
    void whatIsTooLargeForQuarantineIsTriedAgainInPeace() {
        writer.write(List.of(record("a")), settled::incrementAndGet);
        producer.errorNext(new RecordTooLargeException("too large"));

        producer.errorNext(new RecordTooLargeException("too large"));

        assertThat(topics()).containsExactly("a", "bus.quarantine");
        assertThat(timer.pending()).isEqualTo(1);
        assertThat(writer.trouble()).isEqualTo("records cannot be written to bus.quarantine: too large");
        assertThat(settled).hasValue(0);
    }

    @Test
    void nothingIsWrittenAfterTheClose() {
        writer.write(List.of(record("a")), settled::incrementAndGet);
        writer.write(List.of(record("b")), settled::incrementAndGet);
        producer.errorNext(new TimeoutException("away"));

        writer.close();
        writer.write(List.of(record("c")), settled::incrementAndGet);
        producer.errorNext(new TimeoutException("away"));
        timer.advance(Duration.ofDays(1));

        assertThat(topics()).containsExactly("a", "b");
        assertThat(settled).hasValue(0);
    }

    private List<String> topics() {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, null, "{}".getBytes(StandardCharsets.UTF_8));
    }
}
