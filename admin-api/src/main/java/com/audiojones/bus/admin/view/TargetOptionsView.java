package com.audiojones.bus.admin.view;

import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.signature.SigningKey;
import com.audiojones.bus.target.PayloadFilter;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetOptions;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How events are delivered to a target, without secrets; what is null or empty is left out.
 *
 * @param paused whether nothing is sent for now
 * @param previousSecretsUntil until when the secrets that were replaced sign beside the target's, newest first
 * @param publicKey what receivers verify its ed25519 signatures with
 * @param filter which bodies are sent
 * @param headers the names of its own request headers, each with the value {@code ****}
 * @param timeout the deadline of one attempt
 * @param ratePerSecond the most requests in a second
 * @param maxInFlight the most requests at the same time
 * @param retry how long a delivery is tried
 * @param simulate faults to try things with
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TargetOptionsView(
        boolean paused,
        List<String> previousSecretsUntil,
        @Nullable String publicKey,
        @Nullable JsonNode filter,
        Map<String, String> headers,
        @Nullable String timeout,
        @Nullable Double ratePerSecond,
        @Nullable Integer maxInFlight,
        String retry,
        @Nullable SimulationView simulate) {

    /** Copies the collections in. */
    public TargetOptionsView {
        previousSecretsUntil = List.copyOf(previousSecretsUntil);
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /**
     * {@return the view of some options}
     *
     * @param options the options
     */
    public static TargetOptionsView of(TargetOptions options) {
        Map<String, String> headers = new TreeMap<>();
        options.headers().keySet().forEach(name -> headers.put(name, "****"));
        PayloadFilter filter = options.filter();
        Duration timeout = options.timeout();
        return new TargetOptionsView(
                options.paused(),
                options.previousSecrets().stream()
                        .map(PreviousSecret::validUntil)
                        .map(IsoMillis::format)
                        .toList(),
                options.signingKey() == null
                        ? null
                        : SigningKey.of(options.signingKey()).publicKey(),
                filter == null ? null : filter.toJson(),
                headers,
                timeout == null ? null : TargetCodec.text(timeout),
                options.ratePerSecond(),
                options.maxInFlight(),
                options.retry().wireName(),
                options.simulate() == null ? null : SimulationView.of(options.simulate()));
    }
}
