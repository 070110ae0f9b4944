package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Known answers: the Standard Webhooks one is the specification's own, the AJ one was computed with another program. */
class WebhookSignerTest {

    @Test
    void standardWebhooksKnownAnswer() {
        WebhookSigner signer = new WebhookSigner(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), List.of(), null);

        Map<String, String> headers = signer.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "t",
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(1614265330));

        assertThat(headers)
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void ajKnownAnswer() {
        WebhookSigner signer =
                new WebhookSigner(new Secret("a-demo-secret-of-at-least-32-characters"), List.of(), null);

        Map<String, String> headers = signer.headers(
                "msg_1",
                "status_change",
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                Instant.parse("2025-11-11T10:30:00Z"));

        assertThat(headers)
                .containsEntry("X-AJ-Event", "status_change")
                .containsEntry("X-AJ-Timestamp", "2025-11-11T10:30:00.000Z")
                .containsEntry(
                        "X-AJ-Signature", "sha256=66f8c461945923be6dad9d512f7f86fb262074f3281c7e9288492b7fc69cf54c");
    }

    @Test
    void webhookIdKnownAnswer() {
        assertThat(WebhookId.of("evt_1", "tgt_1")).isEqualTo("msg_tvi7e3yu25ys6amw6hexgw3tl4");
    }
}
