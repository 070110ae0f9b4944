package com.audiojones.bus.store.firestore;

import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target as a document of {@code status_webhook_targets}, with a field for each of its members: who edits it in
 * Firebase's console edits the target. Times may be texts or Firestore's own.
 */
final class TargetDocument {

    /** Why the document is no target; written by the bus, read by people. */
    static final String PROBLEM = "problem";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private TargetDocument() {}

    static Map<String, Object> of(Target target, TargetVault vault) {
        try {
            return MAPPER.readValue(vault.toJson(target), MEMBERS);
        } catch (IOException e) {
            throw new UncheckedIOException("a target is always a JSON object", e);
        }
    }

    static Target read(DocumentSnapshot document, TargetVault vault) throws InvalidTargetException {
        Map<String, Object> members = new LinkedHashMap<>(Objects.requireNonNullElse(document.getData(), Map.of()));
        members.remove(PROBLEM);
        try {
            return vault.fromJson(document.getId(), MAPPER.writeValueAsBytes(plain(members)));
        } catch (JsonProcessingException e) {
            throw new InvalidTargetException(List.of("document: expected JSON, got: " + e.getOriginalMessage()));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((name, member) -> plain.put(String.valueOf(name), plain(member)));
                yield plain;
            }
            case List<?> list -> list.stream().map(TargetDocument::plain).toList();
            case Timestamp time -> IsoMillis.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
            case Double number -> new BigDecimal(number.toString());
            case null, default -> value;
        };
    }
}
