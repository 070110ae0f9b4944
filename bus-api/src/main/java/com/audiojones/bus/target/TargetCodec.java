package com.audiojones.bus.target;

import com.audiojones.bus.event.EventId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Targets as JSON: the document of the collection {@code status_webhook_targets} and the value of records on
 * {@code webhook.targets}. Documents with only the fields of other systems ({@code url, secret, active, events,
 * description, created_at, updated_at}) are valid. Stateless.
 */
public final class TargetCodec {

    /** The fields a person may set. */
    public static final Set<String> EDITABLE = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(
            "url",
            "secret",
            "active",
            "events",
            "description",
            "allow_http",
            "paused",
            "signing_key",
            "filter",
            "headers",
            "timeout",
            "rate_per_second",
            "max_in_flight",
            "retry",
            "simulate")));

    /** The most bytes of a target that a person saves. */
    public static final int MAX_BYTES = 64 * 1024 - 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TargetCodec() {}

    /**
     * {@return a target as JSON, its secret in clear}
     *
     * @param target the target
     */
    public static byte[] toJson(Target target) {
        return toJson(target, json -> {});
    }

    /** @param change made to the JSON before it is written */
    static byte[] toJson(Target target, Consumer<ObjectNode> change) {
        ObjectNode json = TargetJson.of(target);
        change.accept(json);
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /**
     * Reads a stored target.
     *
     * @param id the id it is stored under
     * @param json the document; unknown fields are passed over
     * @return the target
     * @throws InvalidTargetException if it cannot be used; names every problem
     */
    public static Target fromJson(String id, byte[] json) throws InvalidTargetException {
        return fromJson(id, json, tree -> {});
    }

    /** A change of a target's JSON. */
    @FunctionalInterface
    interface Change {
        void apply(ObjectNode json) throws InvalidTargetException;
    }

    /** @param change made to the JSON before it is read */
    static Target fromJson(String id, byte[] json, Change change) throws InvalidTargetException {
        if (!EventId.isValid(id)) {
            throw new InvalidTargetException(
                    List.of("id: expected " + EventId.SYNTAX + ", got " + id.length() + " characters of another form"));
        }
        ObjectNode tree = tree(json);
        change.apply(tree);
        return target(id, tree, Instant.EPOCH);
    }

    /**
     * Reads a target that a person wrote.
     *
     * @param id the id it shall have
     * @param json the request's body; unknown fields are refused, since a misspelt filter would match everything
     * @param now its time of creation
     * @return the target, version 1
     * @throws InvalidTargetException if it cannot be used; names every problem
     */
    public static Target fromRequest(String id, byte[] json, Instant now) throws InvalidTargetException {
        JsonNode request = tree(json);
        return requested(id, request, request, now);
    }

    /**
     * Reads a change that a person wrote.
     *
     * @param target the target as it stands
     * @param json the request's body: the fields to set; null sets one back to its default; {@code headers} are set one
     *     by one, the others stay; unknown fields are refused
     * @param now the time of the change
     * @return the target as it would stand then, its version not yet raised, its previous secrets as before
     * @throws InvalidTargetException if it cannot be used; names every problem
     */
    public static Target changed(Target target, byte[] json, Instant now) throws InvalidTargetException {
        JsonNode request = tree(json);
        ObjectNode merged = TargetJson.merged(target, request);
        return requested(target.id(), request, merged, now).changed(target.version(), now);
    }

    /**
     * {@return a duration as targets have it: {@code 5s} or {@code 1500ms}}
     *
     * @param duration the duration
     */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static Target requested(String id, JsonNode request, JsonNode whole, Instant now)
            throws InvalidTargetException {
        FieldReader in = new FieldReader(whole);
        RequestRules.check(request, in);
        Target target = new TargetFields(in).target(id, now);
        in.check();
        int bytes = toJson(target).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidTargetException(
                    List.of("target: expected at most " + MAX_BYTES + " bytes as JSON, got " + bytes));
        }
        return target;
    }

    private static Target target(String id, JsonNode tree, Instant now) throws InvalidTargetException {
        FieldReader in = new FieldReader(tree);
        Target target = new TargetFields(in).target(id, now);
        in.check();
        return target;
    }

    private static ObjectNode tree(byte[] json) throws InvalidTargetException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            String message = e instanceof JsonProcessingException bad ? bad.getOriginalMessage() : e.getMessage();
            throw new InvalidTargetException(List.of("target: expected a JSON object, got: " + message));
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new InvalidTargetException(List.of("target: expected a JSON object, got " + tree.getNodeType()));
        }
        return object;
    }
}
