package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver can do to a sender: nothing beyond the deadline, nothing beyond the bounds. */
class HttpBoundsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final int MAX_REQUESTS = 4;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final HttpSender sender = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), "1", MAX_REQUESTS);

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    void aBodyThatDripsEndsAtTheDeadlineAndLeavesItsSlotAndSocket() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(MAX_REQUESTS);
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            if (requests.getAndIncrement() < MAX_REQUESTS) {
                drip(out);
            }
            together.await(10, TimeUnit.SECONDS);
            write(out, OK + RawReceiver.EMPTY);
        })) {
            List<HttpOutcome> outcomes = post(MAX_REQUESTS, receiver.url(), SOON);

            assertThat(outcomes).hasSize(MAX_REQUESTS).allSatisfy(outcome -> {
                assertUnanswered(outcome, HttpError.TIMEOUT);
                assertThat(outcome.timing().connect()).isPositive();
                assertThat(outcome.timing().total()).isBetween(SOON, DEADLINE);
            });
            assertThat(receiver.ended().tryAcquire(MAX_REQUESTS, 10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(post(MAX_REQUESTS, receiver.url(), DEADLINE)).allSatisfy(outcome -> assertStatus(outcome, 200));
        }
    }

    @Test
    void aReusedConnectionEndsAtTheDeadlineToo() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            if (requests.getAndIncrement() / MAX_REQUESTS == 1) {
                drip(out);
            }
            write(out, OK + RawReceiver.EMPTY);
        })) {
            assertThat(post(MAX_REQUESTS, receiver.url(), DEADLINE)).allSatisfy(outcome -> assertStatus(outcome, 200));

            assertThat(post(MAX_REQUESTS, receiver.url(), SOON))
                    .allSatisfy(outcome -> assertUnanswered(outcome, HttpError.TIMEOUT));

            assertThat(receiver.ended().tryAcquire(MAX_REQUESTS, 10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(post(MAX_REQUESTS, receiver.url(), DEADLINE)).allSatisfy(outcome -> assertStatus(outcome, 200));
        }
    }

    @Test
    void aConnectionNobodyTakesEndsAtTheDeadlineAndLeavesItsSlot() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + full.getLocalPort() + "/";
            for (int i = 0; i < 3; i++) {
                assertThat(post(MAX_REQUESTS, url, SOON))
                        .allSatisfy(outcome -> assertUnanswered(outcome, HttpError.TIMEOUT));
            }
            try (RawReceiver awake = RawReceiver.start(full, (in, out) -> write(out, OK + RawReceiver.EMPTY))) {
                assertThat(post(MAX_REQUESTS, url, DEADLINE)).allSatisfy(outcome -> assertStatus(outcome, 200));
                assertThat(awake.heads()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OK, OK + "X-A: b\r\n", OK + "Content-Length: 2\r\n\r\n"})
    void anAnswerThatStopsHalfwayEndsAtTheDeadline(String beginning) throws Exception {
        try (RawReceiver receiver = RawReceiver.saying(beginning)) {
            assertUnanswered(post(receiver.url(), SOON), HttpError.TIMEOUT);
            assertThat(receiver.ended().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interimAnswersWithoutEndEndAtTheDeadline() throws Exception {
        try (RawReceiver receiver = RawReceiver.start((in, out) -> endlessly(out, "HTTP/1.1 102 Processing\r\n\r\n"))) {
            assertUnanswered(post(receiver.url(), SOON), HttpError.TIMEOUT);
            assertThat(receiver.ended().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
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
            HttpOutcome outcome = post(receiver.url(), DEADLINE);

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
            assertStatus(post(receiver.url(), DEADLINE), 200);
            assertStatus(post(receiver.url(), DEADLINE), 200);
        }
    }

    @Test
    void aCompressedBodyStaysAsItIs() throws Exception {
        byte[] bomb = gzip(new byte[10_000_000]);
        try (RawReceiver receiver = RawReceiver.start((in, out) -> {
            write(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
            out.write(bomb);
        })) {
            assertThat(post(receiver.url(), DEADLINE))
                    .isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.excerpt())
                            .isEqualTo(new String(bomb, StandardCharsets.UTF_8)));
            assertThat(receiver.heads().getFirst().toLowerCase()).doesNotContain("accept-encoding");
        }
    }

    @Test
    void aBodyOfAnUnknownCharsetIsReadAsUtf8() throws Exception {
        try (RawReceiver receiver =
                RawReceiver.saying(OK + "Content-Type: text/plain; charset=nonsense\r\nContent-Length: 2\r\n\r\nok")) {
            assertStatus(post(receiver.url(), DEADLINE), 200);
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
            assertUnanswered(post(longLine.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
            assertUnanswered(post(manyLines.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
            assertUnanswered(post(endless.url(), DEADLINE), HttpError.RESPONSE_TOO_LARGE);
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
            assertUnanswered(post(receiver.url(), DEADLINE), HttpError.PROTOCOL_ERROR);
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
            assertUnanswered(post(receiver.url(), DEADLINE), HttpError.CONNECTION_RESET);
        }
    }

    private List<HttpOutcome> post(int times, String url, Duration deadline) throws Exception {
        List<CompletableFuture<HttpOutcome>> posts = IntStream.range(0, times)
                .mapToObj(i -> sender.post(URI.create(url), "{}".getBytes(StandardCharsets.UTF_8), Map.of(), deadline))
                .toList();
        CompletableFuture.allOf(posts.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
        return posts.stream().map(CompletableFuture::resultNow).toList();
    }

    private HttpOutcome post(String url, Duration deadline) throws Exception {
        return post(1, url, deadline).getFirst();
    }

    private static void assertStatus(HttpOutcome outcome, int status) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.status())
                .isEqualTo(status));
    }

    private static void assertUnanswered(HttpOutcome outcome, HttpError error) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                .as(none.message())
                .isEqualTo(error));
    }

    /** A byte every 20 ms, until the other side has had enough. */
    private static void drip(OutputStream out) throws Exception {
        write(out, OK + "Content-Length: 1000000\r\n\r\n");
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(20, TimeUnit.MILLISECONDS)) {
            write(out, "x");
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
