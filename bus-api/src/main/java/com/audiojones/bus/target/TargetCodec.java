package com.audiojones.bus.target;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.event.DeliveryBody;
import com.audiojones.bus.event.EventId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Targets as JSON: the document of the collection {@code status_webhook_targets} and the value of records on
 * {@code webhook.targets}. Documents with only the fields of other systems ({@code url, secret, active, events,
 * description, created_at, updated_at}) are valid. Stateless.
 */
public final class TargetCodec {

    /** The fields a person may set. */
    public static final Set<String> EDITABLE = Set.of("url", "secret", "active", "events", "description", "allow_http");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TargetCodec() {}

    /**
     * {@return a target as JSON, its secret in clear}
     *
     * @param target the target
     */
    public static byte[] toJson(Target target) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", target.id());
        json.put("url", target.url());
        if (target.secret() != null) {
            json.put("secret", target.secret().reveal());
        }
        json.put("active", target.active());
        ArrayNode events = json.putArray("events");
        target.events().forEach(pattern -> events.add(pattern.toString()));
        json.put("description", target.description());
        json.put("created_at", DeliveryBody.isoMillis(target.createdAt()));
        json.put("updated_at", DeliveryBody.isoMillis(target.updatedAt()));
        json.put("version", target.version());
        json.put("allow_http", target.allowHttp());
        if (target.expiresAt() != null) {
            json.put("expires_at", DeliveryBody.isoMillis(target.expiresAt()));
        }
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
        if (!EventId.isValid(id)) {
            throw new InvalidTargetException(
                    List.of("id: expected " + EventId.SYNTAX + ", got " + id.length() + " characters of another form"));
        }
        return target(id, tree(json), Instant.EPOCH);
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
        JsonNode tree = tree(json);
        List<String> problems = new ArrayList<>();
        tree.fieldNames().forEachRemaining(name -> {
            if (!EDITABLE.contains(name)) {
                problems.add(name + ": expected one of url, secret, active, events, description, allow_http");
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidTargetException(problems);
        }
        return target(id, tree, now);
    }

    private static Target target(String id, JsonNode tree, Instant now) throws InvalidTargetException {
        TargetFields in = new TargetFields(tree);
        boolean allowHttp = in.flag("allow_http", false);
        Instant created = in.time("created_at", now);
        String secret = in.secret();
        Target target = new Target(
                id,
                in.url(),
                secret == null ? null : new Secret(secret),
                in.flag("active", true),
                in.patterns(),
                in.text("description"),
                created,
                in.time("updated_at", created),
                in.version(),
                allowHttp,
                expiry(in));
        in.check();
        return target;
    }

    private static @Nullable Instant expiry(TargetFields in) {
        Instant time = in.time("expires_at", Instant.MAX);
        return time.equals(Instant.MAX) ? null : time;
    }

    private static JsonNode tree(byte[] json) throws InvalidTargetException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            String message = e instanceof JsonProcessingException bad ? bad.getOriginalMessage() : e.getMessage();
            throw new InvalidTargetException(List.of("target: expected a JSON object, got: " + message));
        }
        if (!tree.isObject()) {
            throw new InvalidTargetException(List.of("target: expected a JSON object, got " + tree.getNodeType()));
        }
        return tree;
    }
}
