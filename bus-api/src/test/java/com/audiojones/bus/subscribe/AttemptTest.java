package com.audiojones.bus.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AttemptTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aHandlerThatEndsHasSucceeded() throws Exception {
        assertThat(failure(number -> CompletableFuture.completedStage(null), LONG))
                .isNull();
        assertThat(failure(number -> CompletableFuture.runAsync(() -> {}), LONG))
                .isNull();
    }

    @Test
    void aHandlerThatThrowsHasFailed() throws Exception {
        assertThat(failure(
                        number -> {
                            throw new IllegalStateException("no");
                        },
                        LONG))
                .isEqualTo("IllegalStateException: no");
        assertThat(failure(
                        number -> {
                            throw new StackOverflowError();
                        },
                        LONG))
                .isEqualTo("StackOverflowError");
        assertThat(failure(
                        number -> CompletableFuture.runAsync(() -> {
                            throw new IllegalStateException("later");
                        }),
                        LONG))
                .isEqualTo("IllegalStateException: later");
    }

    @Test
    void aHandlerThatReturnsNullHasFailed() throws Exception {
        assertThat(failure(number -> null, LONG))
                .isEqualTo("IllegalStateException: the handler returned null: expected a CompletionStage");
    }

    @Test
    void aHandlerThatBlocksForEverHasFailedAndIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);

        String failure = failure(
                number -> {
                    try {
                        Thread.sleep(LONG);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return CompletableFuture.completedStage(null);
                },
                Duration.ofMillis(50));

        assertThat(failure).isEqualTo("the handler was not done within PT0.05S");
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failure(number -> new CompletableFuture<>(), Duration.ofMillis(50)))
                .isEqualTo("the handler was not done within PT0.05S");
    }

    @Test
    void anAttemptThatIsAbandonedIsInterruptedAndWaitedForNoLonger() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Attempt attempt = new Attempt(
                number -> {
                    begun.countDown();
                    try {
                        Thread.sleep(LONG);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return CompletableFuture.completedStage(null);
                },
                1,
                null);
        Thread.ofVirtual().start(() -> {
            try {
                begun.await();
                attempt.abandon();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(attempt.failure(LONG)).isEqualTo("the attempt was abandoned");
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String failure(Attempt.Call call, Duration deadline) throws InterruptedException {
        return new Attempt(call, 1, null).failure(deadline);
    }
}
