package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @Test
    void aShortBodyIsKeptWhole() {
        Excerpt excerpt = excerpt("gr\u00fc\u00df dich".getBytes(StandardCharsets.UTF_8));

        assertThat(excerpt.text()).isEqualTo("gr\u00fc\u00df dich");
        assertThat(excerpt.truncated()).isFalse();
    }

    @Test
    void aBodyOfTheLimitIsNotTruncated() {
        Excerpt excerpt = excerpt("x".repeat(Excerpt.MAX_BYTES).getBytes(StandardCharsets.UTF_8));

        assertThat(excerpt.text()).hasSize(Excerpt.MAX_BYTES);
        assertThat(excerpt.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00fc", "\u20ac", "\ud83d\ude00"})
    void theCutLeavesNoHalfCharacter(String character) {
        for (int lead = 0; lead < 4; lead++) {
            Excerpt excerpt =
                    excerpt(("x".repeat(lead) + character.repeat(Excerpt.MAX_BYTES)).getBytes(StandardCharsets.UTF_8));

            assertThat(excerpt.truncated()).isTrue();
            assertThat(excerpt.text()).matches("x{" + lead + "}" + "(" + character + ")+");
            assertThat(excerpt.text().getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(Excerpt.MAX_BYTES - 3, Excerpt.MAX_BYTES);
        }
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() {
        byte[] binary = new byte[Excerpt.MAX_BYTES + 1];
        Arrays.fill(binary, (byte) 0xff);

        assertThat(excerpt(binary).text()).isEqualTo("\ufffd".repeat(Excerpt.MAX_BYTES));
        assertThat(excerpt(new byte[] {'a', (byte) 0xc3}).text()).isEqualTo("a\ufffd");
    }

    /** The body in pieces of 7 bytes, as it may come from the network. */
    private static Excerpt excerpt(byte[] body) {
        Excerpt excerpt = new Excerpt();
        for (int at = 0; at < body.length; at += 7) {
            excerpt.add(ByteBuffer.wrap(body, at, Math.min(7, body.length - at)));
        }
        return excerpt;
    }
}
