package com.audiojones.bus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    private static final Instant TIME = Instant.ofEpochMilli(1699123456789L);
    private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aFreshIdIsPrefixMillisecondsAndNineDigits() {
        assertThat(EventId.fresh(EventFamily.AUDIT, TIME, new Random(1)).value())
                .matches("evt_1699123456789_[0-9a-z]{9}");
        assertThat(EventId.fresh(EventFamily.AJ, TIME, new Random(1)).value())
                .matches("aj_event_1699123456789_[0-9a-z]{9}");
    }

    @Test
    void theSameRecordGetsTheSameIdAlways() {
        EventId id = EventId.derived(EventFamily.AUDIT, "audit.user", 1, 42, TIME, VALUE);

        assertThat(id.value()).isEqualTo("evt_1699123456789_" + expectedSuffix());
    }

    @Test
    void anyOtherRecordGetsAnotherId() {
        EventId id = EventId.derived(EventFamily.AUDIT, "audit.user", 1, 42, TIME, VALUE);

        assertThat(EventId.derived(EventFamily.AUDIT, "audit.ai", 1, 42, TIME, VALUE))
                .isNotEqualTo(id);
        assertThat(EventId.derived(EventFamily.AUDIT, "audit.user", 2, 42, TIME, VALUE))
                .isNotEqualTo(id);
        assertThat(EventId.derived(EventFamily.AUDIT, "audit.user", 1, 43, TIME, VALUE))
                .isNotEqualTo(id);
        assertThat(EventId.derived(EventFamily.AUDIT, "audit.user", 1, 42, TIME.plusMillis(1), VALUE))
                .isNotEqualTo(id);
        assertThat(EventId.derived(EventFamily.AUDIT, "audit.user", 1, 42, TIME, new byte[] {1}))
                .isNotEqualTo(id);
    }

    @Test
    void otherCharactersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventId("a b"))
                .withMessage("event id: expected [A-Za-z0-9._:-]{1,128}, got 'a b'");
    }

    /** Computed outside: SHA-256 of the parts, first 8 bytes unsigned modulo 36^9 in base 36. */
    private static String expectedSuffix() {
        return "1sehk8b2b";
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "evt_1699123456789_abc", "A.b:c-d_9", "", ".", "a b", "a/b", "\u00e9", "a\n"})
    void anIdIsWhatItsSyntaxSays(String text) {
        String longest = "x".repeat(128 - text.length()) + text;

        assertThat(EventId.isValid(text)).isEqualTo(text.matches(EventId.SYNTAX));
        assertThat(EventId.isValid(longest)).isEqualTo(longest.matches(EventId.SYNTAX));
        assertThat(EventId.isValid("x" + longest)).isFalse();
    }
}
