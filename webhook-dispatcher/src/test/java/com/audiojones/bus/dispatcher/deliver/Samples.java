package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.delivery.PairHeaders.Origin;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What the tests of this package deliver, and where to. */
final class Samples {

    static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");
    static final Timing TOOK = new Timing(Duration.ofMillis(2), Duration.ofMillis(17));
    static final byte[] BODY = "{\"event_id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

    private Samples() {}

    static LaneEvent event(Priority priority, @Nullable Instant expiresAt) {
        LaneHeaders headers = new LaneHeaders(
                new EventId("evt_1"),
                "user.login",
                "audit.user.login",
                "audit.user",
                priority,
                NOW.minusSeconds(2),
                NOW.minusSeconds(1),
                expiresAt,
                1,
                null,
                "replay_1",
                null);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("bus.lane.high", 3, 42, "user-7".getBytes(StandardCharsets.UTF_8), BODY.clone());
        headers.writeTo(record.headers());
        try {
            return LaneEvent.ofLane(record);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    static PairHeaders headers(int attempts, int requests, int deferrals, @Nullable LastFailure failure) {
        return headers("tgt_1", attempts, requests, deferrals, failure);
    }

    private static PairHeaders headers(
            String targetId, int attempts, int requests, int deferrals, @Nullable LastFailure failure) {
        return new PairHeaders(
                targetId,
                3,
                attempts,
                requests,
                deferrals,
                false,
                NOW,
                NOW,
                2,
                new Origin("bus.lane.high", 3, 42),
                failure);
    }

    static Pair pair(PairHeaders headers, Runnable settled) {
        return new Pair(event(Priority.P0, null), headers, headers.deferrals() > 0, System.nanoTime(), settled);
    }

    /** A pair that was never sent, from the lane. */
    static Pair pairOf(String targetId) {
        return pair(headers(targetId, 0, 0, 0, null), () -> {});
    }

    static TargetRoute route(boolean paused, RetryPolicy retry) {
        TargetOptions options =
                new TargetOptions(paused, List.of(), null, null, Map.of(), null, null, null, retry, null);
        Target target = new Target(
                "tgt_1", "https://example.com/hook", null, true, List.of(), "", NOW, NOW, 3, false, null, options);
        return new TargetRoute(target, URI.create(target.url()), null, null);
    }

    static DeliveryResult.Failed failed(DeliveryResult.Then then, Duration retryAfter) {
        return new DeliveryResult.Failed(
                503, "oops", TOOK, "http_503", "expected a 2xx answer, got 503", then, retryAfter);
    }
}
