package com.audiojones.bus.signature;

import static com.audiojones.bus.signature.AjSchemeTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds by either scheme. */
class WebhookVerifierTest {

    private static final Secret SECRET = new Secret("a-demo-secret-of-at-least-32-characters");
    private static final Secret WRONG = new Secret("another-secret-of-at-least-32-characters");
    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");
    private static final byte[] BODY = "{\"event_id\":\"evt_1\",\"event_type\":\"t\"}".getBytes(StandardCharsets.UTF_8);

    private final List<Refusal> told = new ArrayList<>();

    private enum Scheme {
        AJ("2025-11-11T10:30:00.000Z"),
        STANDARD("1762857000");

        final String timestamp;

        Scheme(String timestamp) {
            this.timestamp = timestamp;
        }

        WebhookVerifier verifier(Secret secret) {
            WebhookVerifier verifier = this == AJ ? WebhookVerifier.aj(secret) : WebhookVerifier.standard(secret);
            return verifier.withClock(Clock.fixed(NOW, ZoneOffset.UTC));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theListenerHearsOfARefusedRequestOnceAndNothingOfAGenuineOne(Scheme scheme) {
        WebhookVerifier verifier = scheme.verifier(SECRET).withListener(told::add);

        assertThat(verifier.refusal(signed(SECRET), BODY)).isEmpty();
        assertThat(told).isEmpty();

        Optional<Refusal> refusal = verifier.refusal(signed(WRONG), BODY);

        assertThat(refusal)
                .contains(new Refusal(Reason.SIGNATURE_MISMATCH, "msg_1", "evt_1", "status_change", scheme.timestamp));
        assertThat(told).containsExactly(refusal.orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void neitherSecretNorSignatureIsInARefusal(Scheme scheme) {
        Map<String, List<String>> headers = signed(WRONG);

        String line =
                scheme.verifier(SECRET).refusal(headers, BODY).orElseThrow().toString();

        assertThat(line)
                .isEqualTo("signature_mismatch webhook-id=msg_1 event-id=evt_1 event-type=status_change timestamp="
                        + scheme.timestamp)
                .doesNotContain(SECRET.reveal(), WRONG.reveal(), "sha256=", "v1,");
    }

    @ParameterizedTest
    @EnumSource
    void whatARequestDoesNotClaimIsNull(Scheme scheme) {
        assertThat(scheme.verifier(SECRET).refusal(Map.of(), new byte[0]))
                .contains(new Refusal(Reason.MISSING_HEADERS, null, null, null, null))
                .get()
                .hasToString("missing_headers webhook-id=- event-id=- event-type=- timestamp=-");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheListenerThrowsChangesNoVerdictAndIsLogged(Scheme scheme) {
        for (Throwable thrown : List.of(new IllegalStateException("disk full"), new NoClassDefFoundError("Logger"))) {
            WebhookVerifier verifier = scheme.verifier(SECRET).withListener(refusal -> sneak(thrown));

            List<LogRecord> logged = logged(() -> {
                assertThat(verifier.refusal(signed(SECRET), BODY)).isEmpty();
                assertThat(verifier.refusal(signed(WRONG), BODY)).isPresent();
            });

            assertThat(logged).singleElement().extracting(LogRecord::getThrown).isSameAs(thrown);
        }
    }

    @Test
    void anotherListenerTakesThePlaceOfTheFirstInTheCopyAlone() {
        List<Refusal> first = new ArrayList<>();
        WebhookVerifier original = WebhookVerifier.aj(SECRET).withListener(first::add);

        original.withListener(told::add).refusal(Map.of(), BODY);
        assertThat(first).isEmpty();
        assertThat(told).hasSize(1);

        original.refusal(Map.of(), BODY);
        assertThat(first).hasSize(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aChangedWebhookIdIsFoundByStandardWebhooksAlone() {
        Map<String, List<String>> repeated = with(signed(SECRET), "webhook-id", List.of("msg_2"));

        assertThat(Scheme.STANDARD.verifier(SECRET).refusal(repeated, BODY)).isPresent();
        assertThat(Scheme.AJ.verifier(SECRET).refusal(repeated, BODY)).isEmpty();
    }

    @Test
    void claimsCannotForgeALineOfALogNorFillIt() {
        Refusal refusal = new Refusal(
                Reason.SIGNATURE_MISMATCH, "m\r\nINFO all is well", "é\u202e\u0000", "t".repeat(1000), "a timestamp=b");

        assertThat(refusal.webhookId()).isEqualTo("m??INFO?all?is?well");
        assertThat(refusal.eventId()).isEqualTo("???");
        assertThat(refusal.eventType()).isEqualTo("t".repeat(Refusal.MAX_CLAIM));
        assertThat(refusal.timestamp()).isEqualTo("a?timestamp=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"event_id\":\"evt_1",
                "{\"event_id\":\"\"",
                "{\"event_id\":\"a b\"}",
                " {\"event_id\":\"evt_1\"}",
                "{\"payload\":{\"event_id\":\"evt_1\"}}"
            })
    void aBodyThatDoesNotBeginAsOursClaimsNoEvent(String body) {
        assertThat(ClaimedEventId.of(body.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void theLongestEventIdIsRead() {
        String id = "e".repeat(128);

        assertThat(ClaimedEventId.of(("{\"event_id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(id);
    }

    @Test
    void aShortSecretIsRefusedAndNotRepeated() {
        String message = "secret: expected at least 32 characters, got 6";

        assertThatThrownBy(() -> WebhookVerifier.aj(new Secret("secret"))).hasMessage(message);
        assertThatThrownBy(() -> WebhookVerifier.standard(new Secret("secret"))).hasMessage(message);
    }

    private static Map<String, List<String>> signed(Secret secret) {
        Map<String, List<String>> headers = new HashMap<>();
        new WebhookSigner(secret, List.of(), null)
                .sign("msg_1", "status_change", BODY, NOW, (name, value) -> headers.put(name, List.of(value)));
        return headers;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** What the verifier's logger takes meanwhile. */
    private static List<LogRecord> logged(Runnable meanwhile) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                records.add(logged);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(WebhookVerifier.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        meanwhile.run();
        logger.removeHandler(handler);
        return records;
    }
}
