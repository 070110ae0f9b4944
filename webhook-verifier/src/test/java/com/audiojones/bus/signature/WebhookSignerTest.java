package com.audiojones.bus.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known answers: the Standard Webhooks ones are the specification's own, the AJ one was computed with another program. */
class WebhookSignerTest {

    private static final Secret STANDARD = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Secret NEWER = new Secret("the-secret-that-replaced-another-32-ch");
    private static final Secret OLDEST = new Secret("the-secret-of-last-week-of-32-characters");
    private static final Secret SIGNING_KEY =
            new Secret("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==");
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String V1A =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    @Test
    void standardWebhooksKnownAnswer() {
        assertThat(signed(new WebhookSigner(STANDARD, List.of(), null), NOW))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", V1)
                .doesNotContainKey("X-AJ-Signature-Previous");
    }

    @Test
    void theEd25519SignatureIsTheKnownAnswerAndStandsLast() {
        assertThat(signed(new WebhookSigner(STANDARD, List.of(), SIGNING_KEY), NOW))
                .containsEntry("webhook-signature", V1 + " " + V1A);
        assertThat(SigningKey.of(SIGNING_KEY).publicKey())
                .isEqualTo("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
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

    @Test
    void everyValidSecretSignsNewestFirstAndTheKeyLast() {
        WebhookSigner rotating = new WebhookSigner(
                NEWER,
                List.of(
                        new PreviousSecret(STANDARD, NOW.plusSeconds(60)),
                        new PreviousSecret(OLDEST, NOW.plusSeconds(30))),
                SIGNING_KEY);

        Map<String, String> headers = signed(rotating, NOW);

        assertThat(headers)
                .containsEntry("X-AJ-Signature", aj(NEWER))
                .containsEntry("X-AJ-Signature-Previous", aj(STANDARD))
                .containsEntry("webhook-signature", v1(NEWER) + " " + V1 + " " + v1(OLDEST) + " " + V1A);
    }

    @Test
    void aPreviousSecretSignsUntilItsEndAndNoLonger() {
        Instant end = NOW.plusSeconds(60);
        WebhookSigner rotating = new WebhookSigner(NEWER, List.of(new PreviousSecret(OLDEST, end)), null);

        assertThat(signed(rotating, end.minusMillis(1))).containsKey("X-AJ-Signature-Previous");
        assertThat(signed(rotating, end))
                .isEqualTo(signed(new WebhookSigner(NEWER, List.of(), null), end))
                .doesNotContainKey("X-AJ-Signature-Previous");
    }

    @Test
    void whereTheNewestPreviousSecretEndedTheNextOneIsInThePreviousHeader() {
        WebhookSigner rotating = new WebhookSigner(
                NEWER,
                List.of(new PreviousSecret(STANDARD, NOW), new PreviousSecret(OLDEST, NOW.plusSeconds(1))),
                null);

        assertThat(signed(rotating, NOW))
                .containsEntry("X-AJ-Signature-Previous", aj(OLDEST))
                .containsEntry("webhook-signature", v1(NEWER) + " " + v1(OLDEST));
    }

    @ParameterizedTest
    @CsvSource({
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, false",
        "a-demo-secret-of-at-least-32-characters, false",
        "WHSEC_is-another-prefix, false",
        "whsec_not base64, true",
        "whsec_, true",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS_, true"
    })
    void aSecretIsBrokenIfItAnnouncesBase64AndHasNone(String secret, boolean broken) {
        assertThat(WebhookSigner.isBroken(new Secret(secret))).isEqualTo(broken);
    }

    @Test
    void aBrokenSecretSignsAsText() {
        assertThat(signed(new WebhookSigner(new Secret("whsec_not base64"), List.of(), null), NOW)
                        .get("webhook-signature"))
                .isEqualTo("v1,OmLQ6MXVkjCGe3xBmq1ppCkfbHxzMa/f4Lh6QdMpLRg=");
    }

    @Test
    void aSigningKeyThatIsNoneIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> new WebhookSigner(STANDARD, List.of(), new Secret("whsk_c2VjcmV0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected whsk_ and the base64 of 64 bytes, the seed and the public key, got 6 bytes");
    }

    private static Map<String, String> signed(WebhookSigner signer, Instant now) {
        return signer.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", "t", "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8), now);
    }

    private static String aj(Secret secret) {
        return header(secret, "X-AJ-Signature");
    }

    private static String v1(Secret secret) {
        return header(secret, "webhook-signature");
    }

    private static String header(Secret secret, String name) {
        return Objects.requireNonNull(
                signed(new WebhookSigner(secret, List.of(), null), NOW).get(name));
    }
}
