package com.audiojones.bus.signature;

import com.audiojones.bus.secret.Secret;
import java.time.Instant;

/**
 * A secret that was replaced and signs beside its successor for a while, so that receivers can change over.
 *
 * @param secret the secret
 * @param validUntil from then on it signs nothing
 */
public record PreviousSecret(Secret secret, Instant validUntil) {

    /**
     * {@return whether it still signs}
     *
     * @param now the time of the attempt
     */
    public boolean isValid(Instant now) {
        return now.isBefore(validUntil);
    }
}
