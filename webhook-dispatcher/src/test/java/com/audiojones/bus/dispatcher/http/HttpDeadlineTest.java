package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a request is when its deadline passes, it ends and leaves nothing behind. */
class HttpDeadlineTest {

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
            List<HttpOutcome> outcomes = Posts.post(sender, MAX_REQUESTS, receiver.url(), SOON);

            assertThat(outcomes).hasSize(MAX_REQUESTS).allSatisfy(outcome -> {
                Posts.assertUnanswered(outcome, HttpError.TIMEOUT);
                assertThat(outcome.timing().connect()).isPositive();
                assertThat(outcome.timing().total()).isBetween(SOON, DEADLINE);
            });
            assertThat(receiver.ended().tryAcquire(MAX_REQUESTS, 10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(Posts.post(sender, MAX_REQUESTS, receiver.url(), DEADLINE))
                    .allSatisfy(outcome -> Posts.assertStatus(outcome, 200));
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
            assertThat(Posts.post(sender, MAX_REQUESTS, receiver.url(), DEADLINE))
                    .allSatisfy(outcome -> Posts.assertStatus(outcome, 200));

            assertThat(Posts.post(sender, MAX_REQUESTS, receiver.url(), SOON))
                    .allSatisfy(outcome -> Posts.assertUnanswered(outcome, HttpError.TIMEOUT));

            assertThat(receiver.ended().tryAcquire(MAX_REQUESTS, 10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(Posts.post(sender, MAX_REQUESTS, receiver.url(), DEADLINE))
                    .allSatisfy(outcome -> Posts.assertStatus(outcome, 200));
        }
    }

    @Test
    void aConnectionNobodyTakesEndsAtTheDeadlineAndLeavesItsSlot() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + full.getLocalPort() + "/";
            for (int i = 0; i < 3; i++) {
                assertThat(Posts.post(sender, MAX_REQUESTS, url, SOON))
                        .allSatisfy(outcome -> Posts.assertUnanswered(outcome, HttpError.TIMEOUT));
            }
            try (RawReceiver awake = RawReceiver.start(full, (in, out) -> write(out, OK + RawReceiver.EMPTY))) {
                assertThat(Posts.post(sender, MAX_REQUESTS, url, DEADLINE))
                        .allSatisfy(outcome -> Posts.assertStatus(outcome, 200));
                assertThat(awake.heads()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OK, OK + "X-A: b\r\n", OK + "Content-Length: 2\r\n\r\n"})
    void anAnswerThatStopsHalfwayEndsAtTheDeadline(String beginning) throws Exception {
        try (RawReceiver receiver = RawReceiver.saying(beginning)) {
            Posts.assertUnanswered(Posts.post(sender, receiver.url(), SOON), HttpError.TIMEOUT);
            assertThat(receiver.ended().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interimAnswersWithoutEndEndAtTheDeadline() throws Exception {
        try (RawReceiver receiver = RawReceiver.start((in, out) -> endlessly(out, "HTTP/1.1 102 Processing\r\n\r\n"))) {
            Posts.assertUnanswered(Posts.post(sender, receiver.url(), SOON), HttpError.TIMEOUT);
            assertThat(receiver.ended().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
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
}
