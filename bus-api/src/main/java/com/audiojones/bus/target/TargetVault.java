package com.audiojones.bus.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Targets as stores and Kafka keep them: their secrets, signing keys and the values of their headers sealed where there is
 * a seal. What is found in clear is used, and told of once, since other systems write targets too. Safe for use by many
 * threads.
 */
public final class TargetVault {

    /** Keeps everything in clear. */
    public static final TargetVault CLEAR = new TargetVault(null);

    private static final Logger LOG = LoggerFactory.getLogger(TargetVault.class);
    private static final String SEALED = "sealed:";

    private final @Nullable SecretSeal seal;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /**
     * Uses a seal.
     *
     * @param seal seals and opens; null: secrets are kept in clear
     */
    public TargetVault(@Nullable SecretSeal seal) {
        this.seal = seal;
    }

    /**
     * {@return a target as it is kept, JSON}
     *
     * @param target the target
     */
    public byte[] toJson(Target target) {
        SecretSeal sealing = seal;
        return sealing == null
                ? TargetCodec.toJson(target)
                : TargetCodec.toJson(
                        target,
                        json -> replace(json, (field, text) -> SEALED + sealing.seal(text, owner(target.id(), field))));
    }

    /**
     * {@return a target that was kept}
     *
     * @param id the id it is kept under
     * @param json what is kept
     * @throws InvalidTargetException if it is no target, or a secret of it cannot be opened
     */
    public Target fromJson(String id, byte[] json) throws InvalidTargetException {
        List<String> inClear = new ArrayList<>();
        Target target = TargetCodec.fromJson(id, json, document -> {
            List<String> problems = new ArrayList<>();
            replace(document, (field, text) -> opened(id, field, text, problems, inClear));
            if (!problems.isEmpty()) {
                throw new InvalidTargetException(problems);
            }
        });
        if (seal != null && !inClear.isEmpty() && reported.add(id)) {
            LOG.warn("target {} is kept with {} in clear; saving it seals them", id, String.join(", ", inClear));
        }
        return target;
    }

    /** The fields of a request that would be taken for sealed ones once they were kept. */
    static List<String> sealedLooking(JsonNode request) {
        List<String> fields = new ArrayList<>();
        if (request.deepCopy() instanceof ObjectNode copy) {
            replace(copy, (field, text) -> {
                if (text.startsWith(SEALED)) {
                    fields.add(field);
                }
                return text;
            });
        }
        return fields;
    }

    private String opened(String id, String field, String text, List<String> problems, List<String> inClear) {
        if (!text.startsWith(SEALED)) {
            inClear.add(field);
            return text;
        }
        SecretSeal opening = seal;
        String clear = opening == null ? null : opening.open(text.substring(SEALED.length()), owner(id, field));
        if (clear == null) {
            problems.add(field + ": expected a keyset that opens it, got "
                    + (opening == null ? "none" : "one that does not"));
            return text;
        }
        return clear;
    }

    private static String owner(String id, String field) {
        return id + "/" + field;
    }

    @FunctionalInterface
    private interface Replacement {
        String of(String field, String text);
    }

    private static void replace(ObjectNode target, Replacement replacement) {
        replaceTexts(target, List.of("secret", "signing_key"), field -> field, replacement);
        for (JsonNode previous : target.path("previous_secrets")) {
            if (previous instanceof ObjectNode secret) {
                replaceTexts(secret, List.of("secret"), field -> "previous_secrets." + field, replacement);
            }
        }
        if (target.path("headers") instanceof ObjectNode headers) {
            List<String> names = new ArrayList<>();
            headers.fieldNames().forEachRemaining(names::add);
            replaceTexts(headers, names, field -> "headers." + field, replacement);
        }
    }

    private static void replaceTexts(
            ObjectNode object, List<String> fields, UnaryOperator<String> name, Replacement replacement) {
        for (String field : fields) {
            JsonNode value = object.path(field);
            if (value.isTextual()) {
                object.put(field, replacement.of(name.apply(field), value.textValue()));
            }
        }
    }
}
