package com.audiojones.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoMillisTest {

    private static final DateTimeFormatter JDK =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Test
    void anyTimeIsWrittenAndReadAsTheJdkDoes() {
        Random random = new Random(1);

        for (int i = 0; i < 100_000; i++) {
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000));
            String text = JDK.format(time);

            assertThat(IsoMillis.format(time)).isEqualTo(text);
            assertThat(IsoMillis.parse(text)).isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T10:30:00Z",
                "2026-11-21T10:30:00.456789Z",
                "2026-11-21T12:30:00.456+02:00",
                "2026-11-21T24:00:00.000Z",
                "2016-12-31T23:59:60.000Z",
                "+10000-01-01T00:00:00.000Z"
            })
    void anotherFormIsReadAsTheJdkDoes(String text) {
        assertThat(IsoMillis.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "2026-02-30T10:30:00.000Z",
                "2026-13-01T10:30:00.000Z",
                "2026-11-21T10:60:00.000Z",
                "2026-11-21T10:30:00.45xZ",
                "2026-11-21 10:30:00.456Z"
            })
    void whatTheJdkDoesNotReadIsNoTime(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoMillis.parse(text));
    }
}
