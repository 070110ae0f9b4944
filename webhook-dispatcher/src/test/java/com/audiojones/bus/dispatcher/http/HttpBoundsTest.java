package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much a receiver says, only so much is read and kept. */
class HttpBoundsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final HttpSender sender = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), "1", 4);

    @AfterEach
    void close() {
        sender.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void anEndlessBodyCountsByItsStatusAndIsNotReadOn(int status) throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            write(out, "HTTP/1.1 " + status + " X\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, "4000\r\n" + "x".repeat(0x4000) + "\r\n");
                written.addAndGet(0x4000);
            }
        })) {
            HttpOutcome outcome = Posts.post(sender, receiver.url(), DEADLINE);

            assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.excerpt()).isEqualTo("x".repeat(16 * 1024));
                assertThat(answer.truncated()).isTrue();
            });
            assertThat(receiver.ended().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(written.get()).isLessThan(32L << 20);
        }
    }

    @Test
    void aBodyOfTenMegabytesIsDelivered() throws Exception {
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            write(out, OK + "Content-Length: 10000000\r\n\r\n");
            out.write(new byte[10_000_000]);
        })) {
            Posts.assertStatus(Posts.post(sender, receiver.url(), DEADLINE), 200);
            Posts.assertStatus(Posts.post(sender, receiver.url(), DEADLINE), 200);
        }
    }

    @Test
    void aCompressedBodyStaysAsItIs() throws Exception {
        byte[] bomb = gzip(new byte[10_000_000]);
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            write(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
            out.write(bomb);
        })) {
            assertThat(Posts.post(sender, receiver.url(), DEADLINE))
                    .isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.excerpt())
                            .isEqualTo(new String(bomb, StandardCharsets.UTF_8)));
            assertThat(receiver.heads().getFirst().toLowerCase()).doesNotContain("accept-encoding");
        }
    }

    @Test
    void aBodyOfAnUnknownCharsetIsReadAsUtf8() throws Exception {
        try (RawReceiver receiver =
                RawReceiver.saying(OK + "Content-Type: text/plain; charset=nonsense\r\nContent-Length: 2\r\n\r\nok")) {
            Posts.assertStatus(Posts.post(sender, receiver.url(), DEADLINE), 200);
        }
    }

    @Test
    void headersBeyondTheBoundsAreRefused() throws Exception {
        String many =
                IntStream.range(0, 200).mapToObj(i -> "X-" + i + ": y\r\n").reduce("", String::concat);
        try (RawReceiver longLine =
                        RawReceiver.saying(OK + "X-Long: " + "y".repeat(20_000) + "\r\n" + RawReceiver.EMPTY);
                RawReceiver manyLines = RawReceiver.saying(OK + many + RawReceiver.EMPTY);
                RawReceiver endless = RawReceiver.start((in, out) -> {
                    write(out, OK);
                    endlessly(out, "y");
                })) {
            Posts.assertUnanswered(Posts.post(sender, longLine.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
            Posts.assertUnanswered(Posts.post(sender, manyLines.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
            Posts.assertUnanswered(Posts.post(sender, endless.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                OK + "Content-Length: -5\r\n\r\n"
            })
    void whatIsNoHttpIsAProtocolError(String garbage) throws Exception {
        try (RawReceiver receiver = RawReceiver.saying(garbage)) {
            Posts.assertUnanswered(Posts.post(sender, receiver.url(), DEADLINE), HttpError.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", OK, OK + "Content-Length: 5\r\n\r\nab", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"})
    void aConnectionThatEndsTooEarlyIsAReset(String beginning) throws Exception {
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            write(out, beginning);
            out.close();
        })) {
            Posts.assertUnanswered(Posts.post(sender, receiver.url(), DEADLINE), HttpError.CONNECTION_RESET);
        }
    }

    private static void endlessly(OutputStream out, String text) throws IOException {
        while (true) {
            write(out, text);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
