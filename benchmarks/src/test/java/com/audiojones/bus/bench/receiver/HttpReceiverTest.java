package com.audiojones.bus.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpReceiverTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpReceiver.start();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void thePathChoosesTheAnswer() throws Exception {
        assertThat(post("/ok/a", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(post("/status/503/a", new byte[0]).statusCode()).isEqualTo(503);

        long start = System.nanoTime();
        assertThat(post("/hang/100/a", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(post("/drip/2/a", new byte[0]).body()).startsWith("{\"slowly\":");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void itCountsByTheBeginningOfThePath() throws Exception {
        post("/ok/a/1", TimedBody.of(0, 100));
        post("/ok/a/2", TimedBody.of(0, 100));
        post("/ok/b", TimedBody.of(0, 100));

        assertThat(ask("count/ok/a/")).isEqualTo("2");
        assertThat(ask("count/ok/")).isEqualTo("3");
        assertThat(ask("latencies/ok/")).isEmpty();

        ask("reset");

        assertThat(ask("count/ok/")).isEqualTo("0");
    }

    @Test
    void itTakesTheTimeOfBodiesThatSayWhenTheyWereSent() throws Exception {
        long aSecondAgo = TimedBody.now() - Duration.ofSeconds(1).toNanos();

        post("/ok/a", TimedBody.of(aSecondAgo, 600));

        assertThat(Long.parseLong(ask("latencies/ok/").strip()))
                .isBetween(
                        Duration.ofSeconds(1).toNanos(), Duration.ofSeconds(11).toNanos());
    }

    @Test
    void aTimedBodyIsAsLongAsToldAndSaysItsTime() {
        assertThat(TimedBody.of(1_234_567_890_123_456_789L, 600)).hasSize(600);
        assertThat(TimedBody.sentNanos(TimedBody.of(1_234_567_890_123_456_789L, 600)))
                .isEqualTo(1_234_567_890_123_456_789L);
        assertThat(TimedBody.sentNanos("{}".getBytes(StandardCharsets.UTF_8))).isZero();
    }

    private String ask(String question) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url("/control/" + question)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + receiver.port() + path);
    }
}
