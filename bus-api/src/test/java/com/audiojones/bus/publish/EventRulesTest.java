package com.audiojones.bus.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.Priority;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the rules accept, the router's decoder does too. */
class EventRulesTest {

    private static final int EVENTS = 20_000;
    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            Instant.EPOCH.minusMillis(1),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));
    private static final List<String> TYPES =
            List.of("user.login", "a", "", "a b", "x".repeat(200), "x".repeat(201), "user..login", "ü", "audit", "a.");
    private static final List<String> TEXTS =
            List.of("", "a", "ü€😀", "\u0000", "\"\\\n\u2028", "\u007f", "x".repeat(3_000), "null");

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void nothingIsAcceptedThatTheRouterRefuses() {
        int accepted = 0;
        for (int i = 0; i < EVENTS; i++) {
            BusEvent event = random.nextBoolean() ? auditEvent() : ajEvent();
            boolean known =
                    event instanceof AuditEvent audit ? EventRules.accept(audit) : EventRules.accept((AjEvent) event);
            if (known) {
                accepted++;
                EventFamily family = event instanceof AuditEvent ? EventFamily.AUDIT : EventFamily.AJ;
                byte[] value = EventEncoder.encode(event, null).record().value();
                assertThat(EventDecoder.decode(family, null, value))
                        .as("seed %d, event %d: %s", seed, i, event)
                        .isInstanceOf(Decoding.Accepted.class);
            }
        }
        assertThat(accepted).isGreaterThan(EVENTS / 50);
    }

    @Test
    void whatIsNotPlainIsLeftToTheDecoder() {
        assertThat(PlainData.isPlain(new RawValue("{"))).isFalse();
        assertThat(PlainData.isPlain(Map.of(1, "a"))).isFalse();
        assertThat(PlainData.isPlain(Map.of("n".repeat(1_001), 1))).isFalse();
        assertThat(PlainData.isPlain(List.of(Double.NaN))).isFalse();
        assertThat(PlainData.isPlain(new BigInteger("9".repeat(2_000)))).isFalse();
        assertThat(PlainData.isPlain(new int[0])).isFalse();
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        assertThat(PlainData.isPlain(circle)).isFalse();
    }

    private AuditEvent auditEvent() {
        AuditEvent.Builder event =
                AuditEvent.ofType(pick(TYPES)).key("k").timestamp(pick(TIMES)).data(data(0));
        if (random.nextInt(10) > 0) {
            event.actor(pick(TEXTS), ActorType.USER);
        }
        if (random.nextBoolean()) {
            event.ttl(Duration.ofSeconds(random.nextLong(-1, 366L * 86_400)));
        }
        if (random.nextBoolean()) {
            event.priority(Priority.P2).blueprintId(pick(TEXTS));
        }
        return event.metadata(members(0)).build();
    }

    private AjEvent ajEvent() {
        return AjEvent.of(pick(TYPES), data(0))
                .withTimestamp(pick(TIMES))
                .withMetadata(members(0))
                .withKey("k");
    }

    private Object data(int depth) {
        return switch (random.nextInt(depth > 5 ? 6 : 9)) {
            case 0 -> null;
            case 1 -> pick(TEXTS);
            case 2 -> random.nextLong();
            case 3 -> random.nextInt();
            case 4 -> random.nextBoolean();
            case 5 -> Double.longBitsToDouble(random.nextLong());
            case 6 -> members(depth + 1);
            case 7 -> new ArrayList<>(Arrays.asList(data(depth + 1), data(depth + 1)));
            default -> new StringBuilder("a bean of a kind");
        };
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put(pick(TEXTS), data(depth + 1));
        }
        return members;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
