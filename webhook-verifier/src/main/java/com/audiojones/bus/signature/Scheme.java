package com.audiojones.bus.signature;

import com.audiojones.bus.signature.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One way to sign a request, with one key. Implementations are immutable and safe for use by many threads. */
interface Scheme {

    /** The header that says when the request was signed. */
    String timestampHeader();

    /** Why a request that is received now must be refused; empty if it is genuine and fresh. */
    Optional<Reason> refusal(RequestHeaders headers, byte[] body, Instant now);

    /** Whether a request that was signed at a time may be taken now. */
    static boolean isFresh(Instant signed, Instant now) {
        return Duration.between(signed, now).abs().compareTo(WebhookVerifier.MAX_SKEW) <= 0;
    }
}
