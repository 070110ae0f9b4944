package com.audiojones.bus.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.signature.SigningKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the options of one target document. */
final class OptionFields {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_DELAY = Duration.ofSeconds(60);
    private static final int MAX_PREVIOUS = 10;

    private final FieldReader in;

    OptionFields(FieldReader in) {
        this.in = in;
    }

    /** The options, of no use where the reader has problems. */
    TargetOptions options() {
        return new TargetOptions(
                in.flag("paused", false),
                previousSecrets(),
                signingKey(),
                filter(),
                headers(),
                in.duration("timeout", MIN_TIMEOUT, MAX_TIMEOUT),
                in.decimal("rate_per_second", 0.01, 10_000),
                in.integer("max_in_flight", 1, 1000),
                retry(),
                simulate());
    }

    private List<PreviousSecret> previousSecrets() {
        JsonNode node = in.field("previous_secrets");
        if (node == null) {
            return List.of();
        }
        List<PreviousSecret> secrets = new ArrayList<>();
        for (JsonNode one : node) {
            FieldReader entry = in.inside("previous_secrets[" + secrets.size() + "]", one);
            secrets.add(new PreviousSecret(
                    new Secret(one.path("secret").asText()), entry.time("valid_until", Instant.EPOCH)));
        }
        boolean texts = secrets.stream().noneMatch(one -> one.secret().reveal().isEmpty());
        if (!node.isArray() || node.size() > MAX_PREVIOUS || !texts) {
            in.problem("previous_secrets", "expected at most " + MAX_PREVIOUS + " secrets, got something else");
        }
        return secrets;
    }

    private @Nullable Secret signingKey() {
        JsonNode node = in.field("signing_key");
        if (node == null) {
            return null;
        }
        Secret secret = new Secret(node.asText());
        try {
            SigningKey.of(secret);
        } catch (IllegalArgumentException e) {
            in.problem("signing_key", String.valueOf(e.getMessage()));
        }
        return secret;
    }

    private @Nullable PayloadFilter filter() {
        JsonNode node = in.field("filter");
        if (node == null) {
            return null;
        }
        try {
            return PayloadFilter.of(node);
        } catch (IllegalArgumentException e) {
            in.refused(e);
            return null;
        }
    }

    private Map<String, String> headers() {
        JsonNode node = in.field("headers");
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject() || node.size() > HeaderRules.MAX_HEADERS) {
            in.problem(
                    "headers",
                    "expected an object of at most " + HeaderRules.MAX_HEADERS + " headers, got "
                            + (node.isObject() ? node.size() : "another kind of JSON"));
            return Map.of();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        FieldReader inside = in.inside("headers", node);
        node.properties().forEach(header -> header(inside, header.getKey(), header.getValue(), headers));
        return headers;
    }

    private static void header(FieldReader in, String name, JsonNode value, Map<String, String> into) {
        if (!value.isTextual()) {
            in.problem(name, "expected text, got another kind of JSON");
            return;
        }
        HeaderRules.refusal(name, value.textValue()).ifPresent(refusal -> in.problem(name, refusal));
        if (into.put(name, value.textValue()) != null) {
            in.problem(name, "expected a header once, got it in another spelling too");
        }
    }

    private RetryPolicy retry() {
        JsonNode node = in.field("retry");
        if (node == null) {
            return RetryPolicy.STANDARD;
        }
        for (RetryPolicy policy : RetryPolicy.values()) {
            if (policy.wireName().equals(node.textValue())) {
                return policy;
            }
        }
        String names =
                Arrays.stream(RetryPolicy.values()).map(RetryPolicy::wireName).collect(Collectors.joining(" or "));
        in.wrong("retry", names, node);
        return RetryPolicy.STANDARD;
    }

    private @Nullable Simulation simulate() {
        JsonNode node = in.field("simulate");
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            in.wrong("simulate", "an object of status, delay, drop and rate", node);
            return null;
        }
        FieldReader inside = in.inside("simulate", node);
        Integer status = inside.integer("status", 200, 599);
        Duration delay = Objects.requireNonNullElse(inside.duration("delay", Duration.ZERO, MAX_DELAY), Duration.ZERO);
        boolean drop = inside.flag("drop", false);
        if (drop && status != null || !drop && status == null && delay.isZero()) {
            in.wrong("simulate", "a status, a delay, or drop, and not both status and drop", node);
        }
        Double rate = inside.decimal("rate", 0, 1);
        return new Simulation(status, delay, drop, rate == null ? 1 : rate);
    }
}
