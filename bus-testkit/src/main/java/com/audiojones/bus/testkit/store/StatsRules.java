package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.store.StatsStep;
import com.audiojones.bus.store.StoreStats;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures are the sums of buckets. */
interface StatsRules extends StoreRules {

    @Test
    default void anEmptyStoreCountsNothing() {
        assertThat(store().stats(Instant.EPOCH))
                .isEqualTo(new StoreStats(EventBusMetrics.of(Map.of(), LatencyHistogram.NONE), 0));
    }

    @Test
    default void theLastBucketOfAKeyHolds() {
        write(bucket(SampleEvent.TIME, "audit.user", Map.of(Measure.ROUTED, 5L, Measure.SAMPLED_OUT, 2L)));
        write(bucket(SampleEvent.TIME, "audit.user", Map.of(Measure.ROUTED, 4L)));

        EventBusMetrics events = store().stats(Instant.EPOCH).events();

        assertThat(events.published()).isEqualTo(4);
        assertThat(events.sampledOut()).isZero();
        assertThat(events.topicDistribution()).isEqualTo(Map.of("audit.user", 4L));
    }

    @Test
    default void aWindowBeginsWithTheMinuteItsBeginningIsIn() {
        write(
                bucket(SampleEvent.TIME.minusSeconds(60), "audit.user", Map.of(Measure.ROUTED, 1L)),
                bucket(SampleEvent.TIME, "audit.user", Map.of(Measure.ROUTED, 2L)));

        assertThat(published(SampleEvent.TIME)).isEqualTo(2);
        assertThat(published(SampleEvent.TIME.plusMillis(59_999))).isEqualTo(2);
        assertThat(published(SampleEvent.TIME.plusSeconds(60))).isZero();
    }

    private long published(Instant since) {
        return store().stats(since).events().published();
    }

    @Test
    default void replaysAndTargetsAreNotCountedAmongEvents() {
        Counts counts = Counts.of(Map.of(Measure.ROUTED, 1L, Measure.DELIVERED, 1L));
        LatencyHistogram latency = LatencyHistogram.NONE.with(5, 1);
        write(
                new StatsWrite(new StatsBucket(
                        StatsKey.events(SampleEvent.TIME, true, "audit.user", "login", Priority.P1), counts, latency)),
                new StatsWrite(new StatsBucket(StatsKey.pairs(SampleEvent.TIME, false, "t1"), counts, latency)));

        assertThat(store().stats(Instant.EPOCH).events())
                .isEqualTo(EventBusMetrics.of(Map.of(), LatencyHistogram.NONE));
    }

    /** Every measure comes back as itself, and every time that was measured. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void theFiguresAreThoseOfTheBuckets(long seed) {
        Random random = new Random(seed);
        Map<String, Counts> byTopic = new HashMap<>();
        LatencyHistogram all = LatencyHistogram.NONE;
        for (int i = 0; i < 200; i++) {
            String topic = "audit.topic-" + random.nextInt(4);
            Map<Measure, Long> numbers = new EnumMap<>(Measure.class);
            Arrays.stream(Measure.values()).forEach(measure -> numbers.put(measure, (long) random.nextInt(1_000)));
            long millis = random.nextInt(100_000);
            all = all.with(millis, 3);
            byTopic.merge(topic, Counts.of(numbers), Counts::plus);
            StatsKey key = StatsKey.events(
                    SampleEvent.TIME.plusSeconds(60L * i), false, topic, random.nextBoolean() ? "t" : null, null);
            write(new StatsWrite(new StatsBucket(key, Counts.of(numbers), LatencyHistogram.NONE.with(millis, 3))));
        }

        assertThat(store().stats(SampleEvent.TIME).events()).isEqualTo(EventBusMetrics.of(byTopic, all));
    }

    @Test
    default void recordsInQuarantineAreCountedFromTheirTime() {
        write(
                RandomHistory.quarantined(1, SampleEvent.TIME),
                RandomHistory.quarantined(2, SampleEvent.TIME.plusSeconds(60)));

        assertThat(store().stats(SampleEvent.TIME).quarantined()).isEqualTo(2);
        assertThat(store().stats(SampleEvent.TIME.plusSeconds(60)).quarantined())
                .isEqualTo(1);
    }

    @Test
    default void aSeriesHasTheStepsInWhichAnythingWasTakenIn() {
        Instant hour = Instant.parse("2026-03-01T12:00:00Z");
        Counts two = Counts.of(Map.of(Measure.ROUTED, 2L, Measure.DELIVERED, 1L));
        LatencyHistogram latency = LatencyHistogram.NONE.with(5, 1);
        for (int minute : new int[] {-1, 0, 4, 9, 31}) {
            StatsKey key = StatsKey.events(
                    hour.plusSeconds(60L * minute), false, "audit.topic-" + minute % 2, "login", Priority.P1);
            write(new StatsWrite(new StatsBucket(key, two, latency)));
        }

        assertThat(store().series(hour, Duration.ofMinutes(5)))
                .containsExactly(
                        new StatsStep(
                                hour,
                                EventBusMetrics.of(Map.of("audit.topic-0", two.plus(two)), latency.plus(latency))),
                        new StatsStep(hour.plusSeconds(300), EventBusMetrics.of(Map.of("audit.topic-1", two), latency)),
                        new StatsStep(
                                hour.plusSeconds(1_800), EventBusMetrics.of(Map.of("audit.topic-1", two), latency)));
    }

    @Test
    default void aSeriesLeavesReplaysAndTargetsOut() {
        Counts counts = Counts.of(Map.of(Measure.ROUTED, 1L));
        write(
                new StatsWrite(new StatsBucket(
                        StatsKey.events(SampleEvent.TIME, true, "audit.user", "login", Priority.P1), counts, null)),
                new StatsWrite(new StatsBucket(StatsKey.pairs(SampleEvent.TIME, false, "t1"), counts, null)));

        assertThat(store().series(SampleEvent.TIME, Duration.ofMinutes(1))).isEmpty();
    }

    private static StatsWrite bucket(Instant minute, String topic, Map<Measure, Long> numbers) {
        StatsKey key = StatsKey.events(minute, false, topic, "login", Priority.P1);
        return new StatsWrite(new StatsBucket(key, Counts.of(numbers), null));
    }
}
