package com.audiojones.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingPositionsTest {

    private static final TopicPartition P0 = new TopicPartition("t", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Map<TopicPartition, Long> lost = new HashMap<>();
    private final List<TopicPartition> wentBack = new ArrayList<>();
    private final MissingPositions positions = new MissingPositions("test", lost::put, wentBack::add);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P0));
        consumer.updateBeginningOffsets(Map.of(P0, 5L));
        consumer.addRecord(new ConsumerRecord<>("t", 0, 5, null, new byte[1]));
    }

    @Test
    void aGroupWithoutAPositionBeginsAtTheBeginningAndNobodyIsTold() {
        assertThat(poll()).isEmpty();

        assertThat(poll()).containsExactly(5L);
        assertThat(lost).isEmpty();
        assertThat(wentBack).isEmpty();
    }

    @Test
    void whereRecordsWereRemovedUnreadTheirNumberIsToldAndWhatIsThereIsRead() {
        consumer.seek(P0, 2);

        assertThat(poll()).isEmpty();

        assertThat(poll()).containsExactly(5L);
        assertThat(lost).isEqualTo(Map.of(P0, 3L));
        assertThat(wentBack).isEmpty();
    }

    @Test
    void aPartitionThatEndsBeforeWhatWasReadIsReadAgain() {
        consumer.seek(P0, 9);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(P0, 9L)));

        assertThat(poll()).isEmpty();

        assertThat(poll()).containsExactly(5L);
        assertThat(lost).isEmpty();
        assertThat(wentBack).containsExactly(P0);
    }

    private List<Long> poll() {
        List<Long> offsets = new ArrayList<>();
        positions.poll(consumer, Duration.ofMillis(1)).forEach(record -> offsets.add(record.offset()));
        return offsets;
    }
}
