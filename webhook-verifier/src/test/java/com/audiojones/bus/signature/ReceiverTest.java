package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The receiver of the README, compiled and run by a JVM that has this module's classes and jspecify and no others. */
class ReceiverTest {

    private static final Path SOURCE = Path.of("src/test/java/com/example/Receiver.java");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"event_id\":\"evt_1\",\"event_type\":\"status_change\"}";

    private static ReceiverProcess receiver;

    @BeforeAll
    static void start() throws Exception {
        receiver = ReceiverProcess.start(SOURCE, Map.of("AJ_WEBHOOK_SECRET", SECRET));
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @Test
    void theReadmeShowsThisReceiverInUnderThirtyLines() throws IOException {
        String source = Files.readString(SOURCE);

        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + source + "```\n");
        assertThat(source.lines().count()).isLessThan(30);
    }

    @Test
    void whatTheTargetsSecretSignedIsTaken() throws Exception {
        assertThat(answer(signed("msg_genuine", SECRET, Instant.now()), BODY)).isEqualTo(204);
        assertThat(receiver.output()).noneMatch(line -> line.contains("msg_genuine"));
    }

    @Test
    void anotherSecretsSignatureIsRefusedAndTheListenerHearsOfIt() throws Exception {
        Map<String, String> headers = signed("msg_forged", "another-secret-of-at-least-32-characters", Instant.now());

        assertThat(answer(headers, BODY)).isEqualTo(401);
        assertThat(receiver.awaitLine("msg_forged"))
                .endsWith("refused: signature_mismatch webhook-id=msg_forged event-id=evt_1 event-type=status_change "
                        + "timestamp=" + headers.get("webhook-timestamp"));
    }

    @Test
    void aStaleRequestIsRefused() throws Exception {
        Instant stale = Instant.now().minus(WebhookVerifier.MAX_SKEW).minusSeconds(2);

        assertThat(answer(signed("msg_stale", SECRET, stale), BODY)).isEqualTo(401);
        assertThat(receiver.awaitLine("msg_stale")).contains("refused: timestamp_expired");
    }

    @Test
    void aRequestThatIsSentAgainWithAnotherBodyIsRefused() throws Exception {
        Map<String, String> headers = signed("msg_again", SECRET, Instant.now());

        assertThat(answer(headers, BODY)).isEqualTo(204);
        assertThat(answer(headers, BODY.replace("evt_1", "evt_2"))).isEqualTo(401);
        assertThat(receiver.awaitLine("msg_again")).contains("refused: signature_mismatch", "event-id=evt_2");
    }

    private static Map<String, String> signed(String webhookId, String secret, Instant at) {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        return new WebhookSigner(new Secret(secret), List.of(), null).headers(webhookId, "status_change", body, at);
    }

    private static int answer(Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port()))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpClient client = HttpClient.newHttpClient();
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
