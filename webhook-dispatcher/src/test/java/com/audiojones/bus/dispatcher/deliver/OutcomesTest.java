package com.audiojones.bus.dispatcher.deliver;

import static com.audiojones.bus.dispatcher.deliver.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.target.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomesTest {

    private static final TargetRoute ROUTE = Samples.route(false, RetryPolicy.STANDARD);
    private static final LastFailure FAILURE = new LastFailure(503, "expected a 2xx answer, got 503", 17);
    private static final DeliveryResult.Failed FAILED = Samples.failed(DeliveryResult.Then.RETRY, Duration.ZERO);

    private static final List<String> DEAD_LETTER =
            List.of(("event-id event-type name topic priority occurred-at ingested-at sample-rate replay-id orig-key"
                            + " target-id target-rev attempt request-no deferrals parked first-seen-ms not-before-ms matched"
                            + " orig-topic orig-partition orig-offset target-url reason last-status last-error last-latency-ms failed-at-ms")
                    .split(" ", -1));

    private final Pair pair = Samples.pair(Samples.headers(1, 2, 3, FAILURE), () -> {});
    private final Pair untried = Samples.pair(Samples.headers(0, 0, 0, null), () -> {});

    @Test
    void aDeliveryIsOneRecord() throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> record =
                Outcomes.delivered(pair, ROUTE, new DeliveryResult.Delivered(204, "thanks", Samples.TOOK, false), NOW);

        assertThat(delivery(record))
                .isEqualTo(
                        delivery(DeliveryKind.DELIVERED, "https://example.com/hook", 204, null, null, "thanks", null));
    }

    @Test
    void aFailedAttemptNamesItsErrorAndTheNextAttempt() throws InvalidRecordException {
        Instant next = NOW.plusSeconds(2);
        ProducerRecord<byte[], byte[]> record = Outcomes.attemptFailed(pair, ROUTE, FAILED, NOW, next);

        assertThat(delivery(record))
                .isEqualTo(delivery(
                        DeliveryKind.ATTEMPT_FAILED,
                        "https://example.com/hook",
                        503,
                        "http_503",
                        "expected a 2xx answer, got 503",
                        "oops",
                        next));
    }

    @Test
    void aFirstParkingSaysWhy() throws InvalidRecordException {
        Instant next = NOW.plusSeconds(4);
        ProducerRecord<byte[], byte[]> record = Outcomes.parked(pair, ROUTE, "the target is in trouble", NOW, next);

        assertThat(delivery(record))
                .isEqualTo(delivery(
                        DeliveryKind.PARKED,
                        "https://example.com/hook",
                        null,
                        null,
                        "the target is in trouble",
                        null,
                        next));
    }

    @Test
    void anUnmatchedEventIsOneRecord() throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> record = Outcomes.unmatched(pair.event().headers(), NOW);

        assertThat(record.topic()).isEqualTo("webhook.deliveries");
        assertThat(DeliveryRecord.fromJson(record.value()))
                .isEqualTo(DeliveryRecord.unmatched(pair.event().headers(), NOW));
    }

    @Test
    void aRetryRecordIsReadAsTheSamePair() throws InvalidRecordException {
        Instant due = NOW.plusSeconds(8);

        ProducerRecord<byte[], byte[]> record = Outcomes.retry(pair, "webhook.retry.high.8s", due);

        ConsumerRecord<byte[], byte[]> read = consumed(record);
        LaneEvent event = LaneEvent.ofRetry(read);
        assertThat(record.topic()).isEqualTo("webhook.retry.high.8s");
        assertThat(record.key()).isEqualTo("evt_1".getBytes(StandardCharsets.UTF_8));
        assertThat(event.headers()).isEqualTo(pair.event().headers());
        assertThat(event.body()).isEqualTo(Samples.BODY);
        assertThat(event.key()).isEqualTo("user-7".getBytes(StandardCharsets.UTF_8));
        assertThat(PairHeaders.read(read.headers())).isEqualTo(pair.due(due));
    }

    @Test
    void headersDoNotPileUpFromTierToTier() throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> first = Outcomes.retry(pair, "webhook.retry.high.2s", NOW);
        ConsumerRecord<byte[], byte[]> read = consumed(first);
        Pair again = new Pair(LaneEvent.ofRetry(read), PairHeaders.read(read.headers()), true, 0, () -> {});

        ProducerRecord<byte[], byte[]> second = Outcomes.retry(again, "webhook.retry.high.2s", NOW);

        assertThat(names(second)).doesNotHaveDuplicates().isEqualTo(names(first));
    }

    @Test
    void aDeadLetterCarriesAllThatItsLaneRecordAndPairDid() throws InvalidRecordException {
        List<ProducerRecord<byte[], byte[]>> records =
                Outcomes.ended(pair, ROUTE, Verdict.End.deadLetter(DeadLetterReason.MAX_ATTEMPTS), FAILED, NOW);

        assertThat(records).hasSize(2);
        ProducerRecord<byte[], byte[]> letter = records.getFirst();
        assertThat(letter.topic()).isEqualTo("webhook.dlq");
        assertThat(letter.value()).isEqualTo(Samples.BODY);
        assertThat(names(letter)).containsExactlyInAnyOrderElementsOf(DEAD_LETTER);
        assertThat(PairHeaders.read(letter.headers())).isEqualTo(pair.due(NOW));
        assertThat(DeadLetterHeaders.read(letter.headers()))
                .isEqualTo(new DeadLetterHeaders(
                        "tgt_1",
                        "https://example.com/hook",
                        1,
                        DeadLetterReason.MAX_ATTEMPTS,
                        503,
                        "expected a 2xx answer, got 503",
                        17,
                        NOW));
        assertThat(delivery(records.get(1)))
                .isEqualTo(delivery(
                        DeliveryKind.DEAD_LETTERED,
                        "https://example.com/hook",
                        503,
                        "http_503",
                        "expected a 2xx answer, got 503",
                        "oops",
                        null));
    }

    @Test
    void aPairOfARemovedTargetThatWasNeverTriedIsADeadLetterToo() throws InvalidRecordException {
        Verdict.End removed = new Verdict.End(DeliveryKind.REMOVED, DeadLetterReason.TARGET_REMOVED);

        List<ProducerRecord<byte[], byte[]>> records = Outcomes.ended(untried, null, removed, null, NOW);

        assertThat(DeadLetterHeaders.read(records.getFirst().headers()))
                .isEqualTo(new DeadLetterHeaders(
                        "tgt_1",
                        "(removed)",
                        0,
                        DeadLetterReason.TARGET_REMOVED,
                        null,
                        "the target was removed",
                        0,
                        NOW));
        DeliveryRecord delivery = DeliveryRecord.fromJson(records.get(1).value());
        assertThat(delivery.kind()).isEqualTo(DeliveryKind.REMOVED);
        assertThat(delivery.url()).isNull();
        assertThat(delivery.errorMessage()).isEqualTo("the target was removed");
    }

    @Test
    void whatExpiredUntriedIsNoDeadLetter() throws InvalidRecordException {
        List<ProducerRecord<byte[], byte[]>> records =
                Outcomes.ended(pair, ROUTE, new Verdict.End(DeliveryKind.EXPIRED, null), null, NOW);

        assertThat(records).hasSize(1);
        assertThat(delivery(records.getFirst()))
                .isEqualTo(delivery(
                        DeliveryKind.EXPIRED,
                        "https://example.com/hook",
                        null,
                        null,
                        "expired before a first attempt",
                        null,
                        null));
    }

    @ParameterizedTest
    @EnumSource(DeadLetterReason.class)
    void everyReasonIsReadAgain(DeadLetterReason reason) throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> letter = Outcomes.ended(
                        untried, ROUTE, Verdict.End.deadLetter(reason), null, NOW)
                .getFirst();

        assertThat(DeadLetterHeaders.read(letter.headers()).reason()).isEqualTo(reason);
        assertThat(DeadLetterHeaders.read(letter.headers()).lastError()).isNotBlank();
    }

    private static DeliveryRecord delivery(ProducerRecord<byte[], byte[]> record) throws InvalidRecordException {
        assertThat(record.topic()).isEqualTo("webhook.deliveries");
        assertThat(record.key()).isEqualTo("evt_1".getBytes(StandardCharsets.UTF_8));
        return DeliveryRecord.fromJson(record.value());
    }

    private static DeliveryRecord delivery(
            DeliveryKind kind,
            String url,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String message,
            @Nullable String excerpt,
            @Nullable Instant next) {
        return new DeliveryRecord(
                kind,
                "evt_1",
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P0,
                "replay_1",
                NOW.minusSeconds(1),
                "tgt_1",
                url,
                1,
                2,
                2,
                status,
                error,
                message,
                status == null ? null : 17L,
                excerpt,
                NOW,
                next);
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        return read;
    }

    private static List<String> names(ProducerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key())
                .toList();
    }
}
