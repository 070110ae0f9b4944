package com.audiojones.bus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    private static final DeadLetterHeaders LETTER = new DeadLetterHeaders(
            "tgt_1",
            "https://example.com/webhook",
            3,
            DeadLetterReason.MAX_ATTEMPTS,
            503,
            "expected a 2xx answer, got 503",
            17,
            Instant.ofEpochMilli(1699123456789L));

    @Test
    void headersAreWrittenAsAgreed() {
        Golden.assertSame("dead-letter.headers", Golden.headerLines(written(LETTER)));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        assertThat(DeadLetterHeaders.read(written(LETTER))).isEqualTo(LETTER);
    }

    @Test
    void aLongErrorIsCutBetweenCharacters() throws InvalidRecordException {
        DeadLetterHeaders wordy = new DeadLetterHeaders(
                "t", "u", 1, DeadLetterReason.BLOCKED_ADDRESS, null, "ü".repeat(255) + "€€", 0, Instant.EPOCH);

        assertThat(DeadLetterHeaders.read(written(wordy)).lastError()).isEqualTo("ü".repeat(255));
    }

    @Test
    void aUrlThatIsLongerInBytesThanInCharactersIsCutSoThatItCanBeRead() throws InvalidRecordException {
        DeadLetterHeaders far = new DeadLetterHeaders(
                "t", "http://h/" + "é".repeat(2000), 1, DeadLetterReason.TARGET_PAUSED, null, "e", 0, Instant.EPOCH);

        assertThat(DeadLetterHeaders.read(written(far)).url())
                .startsWith("http://h/éé")
                .hasSizeLessThan(1100);
    }

    private static Headers written(DeadLetterHeaders letter) {
        Headers headers = new RecordHeaders();
        letter.writeTo(headers);
        return headers;
    }
}
