package com.audiojones.bus.signature;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.Refusal.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells deliveries of the bus from everything else that a receiver gets. Each delivery is signed twice with the target's
 * secret, and one of the two is enough: {@link #standard}, which also covers the {@code webhook-id} that repeated
 * deliveries are recognised by, or {@link #aj}. While a secret is being replaced, a receiver may have the old or the new
 * one.
 *
 * <p>A copy of a request stays genuine for {@link #MAX_SKEW}: who must not do a thing twice remembers the {@code
 * webhook-id}s of what was done.
 *
 * <p>Signatures are compared in constant time. Nothing blocks. Immutable and safe for use by many threads, as long as the
 * clock and the listener are.
 */
public final class WebhookVerifier {

    /** How far the timestamp may be from now, in both directions: five minutes. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    /** How many characters a target's secret has at least. */
    public static final int MIN_SECRET_LENGTH = 32;

    private final Scheme scheme;
    private final Clock clock;
    private final RefusalListener listener;

    private WebhookVerifier(Scheme scheme, Clock clock, RefusalListener listener) {
        this.scheme = scheme;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Verifies by Standard Webhooks 1.0.0, version {@code v1}: {@code webhook-signature} over {@code webhook-id}, {@code
     * webhook-timestamp} and body. Exactly one of the signatures must be this secret's.
     *
     * @param secret the target's secret, with {@code whsec_} if it has that
     * @return a verifier that goes by the system's clock and tells no listener
     * @throws IllegalArgumentException if the secret has fewer than {@value #MIN_SECRET_LENGTH} characters; the message
     *     does not repeat it
     */
    public static WebhookVerifier standard(Secret secret) {
        return of(new StandardScheme(Hmac.standard(checked(secret))));
    }

    /**
     * Verifies by the AJ scheme: {@code X-AJ-Signature} over {@code X-AJ-Timestamp} and body. {@code
     * X-AJ-Signature-Previous} counts as much.
     *
     * @param secret the target's secret, with {@code whsec_} if it has that
     * @return a verifier that goes by the system's clock and tells no listener
     * @throws IllegalArgumentException if the secret has fewer than {@value #MIN_SECRET_LENGTH} characters; the message
     *     does not repeat it
     */
    public static WebhookVerifier aj(Secret secret) {
        return of(new AjScheme(Hmac.aj(checked(secret))));
    }

    /**
     * {@return the same verifier by another clock}
     *
     * @param other tells the time
     */
    public WebhookVerifier withClock(Clock other) {
        return new WebhookVerifier(scheme, other, listener);
    }

    /**
     * {@return the same verifier, which tells another listener and no longer the one it told before}
     *
     * @param other is told of each request that is refused
     */
    public WebhookVerifier withListener(RefusalListener other) {
        return new WebhookVerifier(scheme, clock, other);
    }

    /**
     * Judges one request, and tells the listener if it must be refused. May be called again with the same request: the
     * verdict depends on nothing but the request and the time.
     *
     * @param headers every value of the request's headers, by name in any case; others than those of the scheme are
     *     allowed. It is read only before this returns
     * @param body the raw bytes of the body, as they were received: not parsed and written again
     * @return why the request must be refused, with 401 for example; empty if it is genuine and fresh
     */
    public Optional<Refusal> refusal(Map<String, List<String>> headers, byte[] body) {
        RequestHeaders received = new RequestHeaders(headers);
        Optional<Reason> reason = scheme.refusal(received, body, clock.instant());
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        Refusal refusal = new Refusal(
                reason.get(),
                received.first("webhook-id"),
                ClaimedEventId.of(body),
                received.first("X-AJ-Event"),
                received.first(scheme.timestampHeader()));
        tell(refusal);
        return Optional.of(refusal);
    }

    /** Errors count too: a logging library that does not fit the class path throws some, and must not answer for us. */
    private void tell(Refusal refusal) {
        try {
            listener.refused(refusal);
        } catch (Throwable e) {
            System.getLogger(WebhookVerifier.class.getName())
                    .log(System.Logger.Level.WARNING, "the listener failed on: " + refusal, e);
        }
    }

    private static WebhookVerifier of(Scheme scheme) {
        return new WebhookVerifier(scheme, Clock.systemUTC(), refusal -> {});
    }

    private static String checked(Secret secret) {
        String text = secret.reveal();
        if (text.length() < MIN_SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "secret: expected at least " + MIN_SECRET_LENGTH + " characters, got " + text.length());
        }
        return text;
    }
}
