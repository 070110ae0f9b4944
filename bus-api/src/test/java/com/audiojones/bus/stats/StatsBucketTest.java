package com.audiojones.bus.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsBucketTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:59.999Z");

    @Test
    void aBucketComesBackAsItWas() throws Exception {
        StatsBucket bucket = new StatsBucket(
                StatsKey.events(AT, true, "audit.user", "user.login", Priority.P1),
                Counts.of(Map.of(Measure.ROUTED, 5L, Measure.EXPIRED_UNROUTED, -1L)),
                LatencyHistogram.NONE.with(12, 3));

        assertThat(StatsBucket.fromJson(bucket.toJson())).isEqualTo(bucket);
        assertThat(new String(bucket.toJson(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"key\":{\"minute\":\"2026-03-01T12:00:00.000Z\",\"replay\":true,\"topic\":\"audit.user\","
                                + "\"type\":\"user.login\",\"priority\":\"P1\"},\"counts\":{\"routed\":5,\"expired_unrouted\":-1},"
                                + "\"latency\":\"");
    }

    @Test
    void keysOfAMinuteSortBeforeThoseOfTheNext() {
        assertThat(StatsKey.events(AT, false, "audit.user", "user.login", Priority.P1)
                        .text())
                .isEqualTo("2026-03-01T12:00:00.000Z/original/audit.user/user.login/P1");
        assertThat(StatsKey.events(AT, false, "audit.user", null, null).text())
                .isEqualTo("2026-03-01T12:00:00.000Z/original/audit.user//");
        assertThat(StatsKey.pairs(AT, true, "tgt_1").text()).isEqualTo("2026-03-01T12:00:00.000Z/replay/target/tgt_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"key\":{\"minute\":\"2026-03-01T12:00:00.000Z\",\"replay\":false},\"counts\":{}}",
                "{\"key\":{\"minute\":\"noon\",\"replay\":false,\"target\":\"t\"},\"counts\":{}}",
                "{\"key\":{\"minute\":\"2026-03-01T12:00:00.000Z\",\"replay\":false,\"target\":\"t\"},"
                        + "\"counts\":{\"steps\":1}}",
                "{\"key\":{\"minute\":\"2026-03-01T12:00:00.000Z\",\"replay\":false,\"target\":\"t\"},"
                        + "\"counts\":{},\"latency\":\"AAAA\"}"
            })
    void whatIsNoBucketIsRefused(String json) {
        assertThatThrownBy(() -> StatsBucket.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("statistics record: ");
    }

    @Test
    void histogramsAddUpWithoutLosingAnythingOfTheirPercentiles() {
        LatencyHistogram whole = LatencyHistogram.NONE;
        LatencyHistogram even = LatencyHistogram.NONE;
        LatencyHistogram odd = LatencyHistogram.NONE;
        for (int i = 0; i < 1_000; i++) {
            long millis = (long) i * i;
            whole = whole.with(millis, 1);
            even = i % 2 == 0 ? even.with(millis, 1) : even;
            odd = i % 2 == 0 ? odd : odd.with(millis, 1);
        }

        LatencyHistogram sum = LatencyHistogram.sum(List.of(even, odd));

        assertThat(sum).isEqualTo(whole);
        assertThat(sum.count()).isEqualTo(1_000);
        assertThat((double) sum.percentile(50)).isBetween(247_000.0, 253_000.0);
        assertThat(sum.minus(odd)).isEqualTo(even);
    }
}
