package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Sends for tests, and says what came of it. */
final class Posts {

    private Posts() {}

    /** So many at a time. */
    static List<HttpOutcome> post(HttpSender sender, int times, String url, Duration deadline) throws Exception {
        List<CompletableFuture<HttpOutcome>> posts = IntStream.range(0, times)
                .mapToObj(i ->
                        sender.post(URI.create(url), "{}".getBytes(StandardCharsets.UTF_8), PostHeaders.NONE, deadline))
                .toList();
        CompletableFuture.allOf(posts.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
        return posts.stream().map(CompletableFuture::resultNow).toList();
    }

    static HttpOutcome post(HttpSender sender, String url, Duration deadline) throws Exception {
        return post(sender, 1, url, deadline).getFirst();
    }

    static void assertStatus(HttpOutcome outcome, int status) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.status())
                .isEqualTo(status));
    }

    static void assertUnanswered(HttpOutcome outcome, HttpError error) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                .as(none.message())
                .isEqualTo(error));
    }
}
