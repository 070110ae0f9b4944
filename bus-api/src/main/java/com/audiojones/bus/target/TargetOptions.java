package com.audiojones.bus.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.signature.SigningKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How events are delivered to one target, where that differs from the deployment's ways. Null: the deployment's setting
 * holds.
 *
 * @param paused whether nothing is sent for now
 * @param previousSecrets secrets that were replaced and sign beside the target's for a while, newest first
 * @param signingKey signs with ed25519 beside the secret, see {@link SigningKey}; null: no such signature
 * @param filter which bodies are sent; null: all
 * @param headers request headers of the target's own, by name in alphabetical order; empty: none
 * @param timeout the deadline of one attempt, 1 to 30 seconds
 * @param ratePerSecond the most requests in a second, 0.01 to 10000
 * @param maxInFlight the most requests at the same time, 1 to 1000
 * @param retry how long a delivery is tried
 * @param simulate faults to try things with; null: none
 */
public record TargetOptions(
        boolean paused,
        List<PreviousSecret> previousSecrets,
        @Nullable Secret signingKey,
        @Nullable PayloadFilter filter,
        Map<String, String> headers,
        @Nullable Duration timeout,
        @Nullable Double ratePerSecond,
        @Nullable Integer maxInFlight,
        RetryPolicy retry,
        @Nullable Simulation simulate) {

    /** Nothing differs. */
    public static final TargetOptions NONE =
            new TargetOptions(false, List.of(), null, null, Map.of(), null, null, null, RetryPolicy.STANDARD, null);

    /** Copies the collections in. */
    public TargetOptions {
        previousSecrets = List.copyOf(previousSecrets);
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /**
     * {@return these options with other previous secrets}
     *
     * @param secrets newest first
     */
    public TargetOptions withPreviousSecrets(List<PreviousSecret> secrets) {
        return new TargetOptions(
                paused, secrets, signingKey, filter, headers, timeout, ratePerSecond, maxInFlight, retry, simulate);
    }

    /** Names headers without their values, which may be credentials. */
    @Override
    public String toString() {
        return "TargetOptions[paused=" + paused + ", previousSecrets=" + previousSecrets + ", signingKey=" + signingKey
                + ", filter=" + filter + ", headers=" + headers.keySet() + ", timeout=" + timeout + ", ratePerSecond="
                + ratePerSecond + ", maxInFlight=" + maxInFlight + ", retry=" + retry + ", simulate=" + simulate + "]";
    }
}
