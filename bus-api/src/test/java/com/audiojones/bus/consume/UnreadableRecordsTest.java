package com.audiojones.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadableRecordsTest {

    private static final TopicPartition P1 = new TopicPartition("audit.user", 1);
    private static final TopicPartition P10 = new TopicPartition("audit.user", 10);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final List<String> passedOver = new ArrayList<>();
    private final UnreadableRecords records = new UnreadableRecords(
            "test",
            new MissingPositions("test", (partition, count) -> {}, partition -> {}),
            (record, reason) -> passedOver.add(record.partition() + "@" + record.offset() + " " + reason));

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P1, P10));
        consumer.updateBeginningOffsets(Map.of(P1, 0L, P10, 0L));
        consumer.seek(P1, 7);
        consumer.seek(P10, 4);
    }

    @Test
    void whatFailsThreeTimesIsPassedOverAndWhatFollowsAtOnce() {
        KafkaException damaged = new KafkaException("Record batch for partition audit.user-10 at offset 4 is invalid");

        assertThatThrownBy(() -> failing(damaged)).isSameAs(damaged);
        assertThatThrownBy(() -> failing(damaged)).isSameAs(damaged);
        failing(damaged);
        failing(damaged);

        assertThat(passedOver)
                .containsExactly(
                        "10@4 cannot be read: Record batch for partition audit.user-10 at offset 4 is invalid",
                        "10@5 cannot be read: Record batch for partition audit.user-10 at offset 4 is invalid");
        assertThat(consumer.position(P10)).isEqualTo(6);
        assertThat(consumer.position(P1)).isEqualTo(7);
    }

    @Test
    void aFailureElsewhereBeginsAnew() {
        KafkaException one = new KafkaException("cannot read audit.user-1");
        KafkaException ten = new KafkaException("cannot read audit.user-10");

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> failing(one)).isSameAs(one);
            assertThatThrownBy(() -> failing(ten)).isSameAs(ten);
        }

        assertThat(passedOver).isEmpty();
    }

    @Test
    void nothingIsPassedOverForAFailureThatIsNotOfARecord() {
        for (KafkaException failure : List.of(
                new TopicAuthorizationException("not for you: audit.user-1"), new KafkaException("all is lost"))) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> failing(failure)).isSameAs(failure);
            }
        }

        assertThat(passedOver).isEmpty();
        assertThat(consumer.position(P1)).isEqualTo(7);
    }

    private void failing(KafkaException failure) {
        consumer.setPollException(failure);
        assertThat(records.poll(consumer, Duration.ofMillis(1))).isEmpty();
    }
}
