package com.audiojones.bus.target;

import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Writes targets as JSON, options at their defaults left out. Stateless. */
final class TargetJson {

    private TargetJson() {}

    static ObjectNode of(Target target) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", target.id());
        json.put("url", target.url());
        if (target.secret() != null) {
            json.put("secret", target.secret().reveal());
        }
        json.put("active", target.active());
        ArrayNode events = json.putArray("events");
        target.events().forEach(pattern -> events.add(pattern.toString()));
        json.put("description", target.description());
        json.put("created_at", IsoMillis.format(target.createdAt()));
        json.put("updated_at", IsoMillis.format(target.updatedAt()));
        json.put("version", target.version());
        json.put("allow_http", target.allowHttp());
        if (target.expiresAt() != null) {
            json.put("expires_at", IsoMillis.format(target.expiresAt()));
        }
        putOptions(target.options(), json);
        return json;
    }

    /** The target with the request's fields over its own; those that are null are removed. */
    static ObjectNode merged(Target target, JsonNode request) {
        ObjectNode merged = of(target);
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            String name = field.getKey();
            if (name.equals("headers") && field.getValue().isObject()) {
                mergeHeaders(merged.withObjectProperty(name), field.getValue());
            } else if (field.getValue().isNull()) {
                merged.remove(name);
            } else {
                merged.set(name, field.getValue());
            }
        }
        return merged;
    }

    /** Names are compared as HTTP does, whatever the case. */
    private static void mergeHeaders(ObjectNode headers, JsonNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            List<String> same = headers.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(change.getKey()::equalsIgnoreCase)
                    .toList();
            headers.remove(same);
            if (!change.getValue().isNull()) {
                headers.set(change.getKey(), change.getValue());
            }
        }
    }

    private static void putOptions(TargetOptions options, ObjectNode json) {
        if (options.paused()) {
            json.put("paused", true);
        }
        putSecrets(options, json);
        if (options.filter() != null) {
            json.set("filter", options.filter().toJson());
        }
        if (!options.headers().isEmpty()) {
            ObjectNode headers = json.putObject("headers");
            options.headers().forEach(headers::put);
        }
        if (options.timeout() != null) {
            json.put("timeout", TargetCodec.text(options.timeout()));
        }
        if (options.ratePerSecond() != null) {
            json.put("rate_per_second", options.ratePerSecond());
        }
        if (options.maxInFlight() != null) {
            json.put("max_in_flight", options.maxInFlight());
        }
        if (options.retry() != RetryPolicy.STANDARD) {
            json.put("retry", options.retry().wireName());
        }
        if (options.simulate() != null) {
            putSimulation(options.simulate(), json.putObject("simulate"));
        }
    }

    private static void putSecrets(TargetOptions options, ObjectNode json) {
        if (!options.previousSecrets().isEmpty()) {
            ArrayNode previous = json.putArray("previous_secrets");
            for (PreviousSecret secret : options.previousSecrets()) {
                previous.addObject()
                        .put("secret", secret.secret().reveal())
                        .put("valid_until", IsoMillis.format(secret.validUntil()));
            }
        }
        if (options.signingKey() != null) {
            json.put("signing_key", options.signingKey().reveal());
        }
    }

    private static void putSimulation(Simulation simulation, ObjectNode json) {
        if (simulation.status() != null) {
            json.put("status", simulation.status());
        }
        if (!simulation.delay().isZero()) {
            json.put("delay", TargetCodec.text(simulation.delay()));
        }
        if (simulation.drop()) {
            json.put("drop", true);
        }
        if (simulation.rate() != 1) {
            json.put("rate", simulation.rate());
        }
    }
}
