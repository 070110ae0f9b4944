package com.audiojones.bus.admin.routes;

import com.audiojones.bus.event.EventId;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a body asks to be sent once more. A field of null is none. */
sealed interface ReplayRequest {

    /** One event, to a URL or to all targets that want it. */
    record OneEvent(String eventId, @Nullable String targetUrl) implements ReplayRequest {}

    /** Everything that failed for one target. */
    record FailedFor(String targetId, Instant since) implements ReplayRequest {}

    /** {@return what a body asks for, or refuses it with a sentence} */
    static ReplayRequest of(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            if (!Set.of("eventId", "targetUrl", "targetId", "failedSince").contains(name)) {
                throw Query.refused("body: expected only eventId and targetUrl, or targetId and failedSince, got "
                        + Query.quoted(name));
            }
        });
        if (body.hasNonNull("targetId") || body.hasNonNull("failedSince")) {
            refuseBeside("eventId", body);
            refuseBeside("targetUrl", body);
            return new FailedFor(targetId(body.path("targetId")), time(body.path("failedSince")));
        }
        return new OneEvent(eventId(body.path("eventId")), targetUrl(body.path("targetUrl")));
    }

    private static void refuseBeside(String field, JsonNode body) {
        if (body.hasNonNull(field)) {
            String other = body.hasNonNull("targetId") ? "targetId" : "failedSince";
            throw Query.refused(
                    "body: expected either eventId, or targetId and failedSince, got " + field + " beside " + other);
        }
    }

    private static String eventId(JsonNode node) {
        if (!node.isTextual() || !EventId.isValid(node.textValue())) {
            throw Query.refused("eventId: expected text like " + EventId.SYNTAX + ", got " + got(node));
        }
        return node.textValue();
    }

    private static @Nullable String targetUrl(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Query.refused("targetUrl: expected a URL as text, got " + Query.quoted(node.toString()));
        }
        return node.textValue();
    }

    private static String targetId(JsonNode node) {
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > 128) {
            throw Query.refused("targetId: expected the id of a target as text, got " + got(node));
        }
        return node.textValue();
    }

    private static Instant time(JsonNode node) {
        try {
            if (node.isTextual()) {
                return Instant.parse(node.textValue());
            }
        } catch (DateTimeParseException e) {
            throw noTime(node);
        }
        throw noTime(node);
    }

    private static RuntimeException noTime(JsonNode node) {
        return Query.refused("failedSince: expected a time such as 2026-11-22T10:00:00Z, got " + got(node));
    }

    private static String got(JsonNode node) {
        return node.isMissingNode() ? "nothing" : Query.quoted(node.asText(node.toString()));
    }
}
