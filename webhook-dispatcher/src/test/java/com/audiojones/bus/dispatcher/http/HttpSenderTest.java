package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final HttpSender sender = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), "1.2.3", 128);

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Test
    void bodyAndHeadersArriveAsGiven() throws Exception {
        HttpOutcome outcome = post(URI.create(receiver.url("/hook")), DEADLINE);

        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.excerpt()).isEqualTo("{}");
        });
        ScriptedReceiver.Request request = receiver.requests().getFirst();
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.body()).isEqualTo("{\"a\": 1}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("User-Agent")).isEqualTo("AJ-Event-Bus/1.2.3");
        assertThat(request.header("X-Test")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        receiver.answer(request -> new Answer(status, Map.of("Location", receiver.url("/elsewhere")), ""));

        HttpOutcome outcome = post(URI.create(receiver.url("/hook")), DEADLINE);

        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.status())
                .isEqualTo(status));
        assertThat(receiver.requests())
                .extracting(ScriptedReceiver.Request::path)
                .containsExactly("/hook");
    }

    @Test
    void onlyTheBeginningOfALargeAnswerIsKept() throws Exception {
        receiver.answer(request -> new Answer(200, Map.of(), "x".repeat(5_000_000)));

        assertThat(post(URI.create(receiver.url("/")), DEADLINE))
                .isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.excerpt())
                        .hasSize(16 * 1024));
    }

    @Test
    void theDeadlineEndsAnExchangeThatWouldGoOn() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThat(post(url, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                            .isEqualTo(HttpError.TIMEOUT));
        }
    }

    @Test
    void nobodyListening() throws Exception {
        assertThat(post(URI.create("http://127.0.0.1:" + freePort() + "/"), DEADLINE))
                .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                        .isEqualTo(HttpError.CONNECTION_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/", "http://[::1]/"})
    void aBlockedAddressIsNeverDialled(String url) throws Exception {
        assertThat(post(URI.create(url), DEADLINE)).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> {
            assertThat(none.error()).isEqualTo(HttpError.BLOCKED_ADDRESS);
            assertThat(none.message()).contains("is in the blocked range");
        });
    }

    private HttpOutcome post(URI url, Duration deadline) throws Exception {
        return sender.post(url, BODY, Map.of("X-Test", "yes"), deadline).get(20, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
