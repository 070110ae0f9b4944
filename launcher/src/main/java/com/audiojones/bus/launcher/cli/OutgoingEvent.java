package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.time.IsoMillis;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event about to be published by the command line, checked with the router's own rules.
 *
 * @param topic the ingest topic
 * @param json the record's value
 */
record OutgoingEvent(String topic, String json) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * An event given whole.
     *
     * @throws BadInputException if the topic is not in the catalogue or the router would refuse the event
     */
    static OutgoingEvent onTopic(String topic, String json) {
        EventFamily family = Topics.family(topic)
                .orElseThrow(() -> new BadInputException(
                        "topic: expected one of " + String.join(", ", Topics.ingest()) + ", got '" + topic + "'"));
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        if (EventDecoder.decode(family, null, value) instanceof Decoding.Rejected rejected) {
            throw new BadInputException(rejected.reason());
        }
        return new OutgoingEvent(topic, json);
    }

    /**
     * An event made of a type and its data; the id and the timestamp are assigned here.
     *
     * @param type decides the topic
     * @param data the payload, any JSON
     * @param fields further members of the event, as JSON by name
     * @throws BadInputException if the data is no JSON or the router would refuse the event
     */
    static OutgoingEvent ofType(String type, String data, Map<String, String> fields) {
        checkJson(data);
        String topic = Topics.forType(type);
        EventFamily family = Topics.family(topic).orElseThrow();
        boolean audit = family == EventFamily.AUDIT;
        Instant now = Instant.now();
        Map<String, String> members = new LinkedHashMap<>();
        members.put(
                audit ? "id" : "event_id",
                quoted(EventId.fresh(family, now, new SecureRandom()).value()));
        members.put(
                audit ? "type" : "event_type", quoted(audit && type.startsWith("audit.") ? type.substring(6) : type));
        members.put("timestamp", quoted(IsoMillis.format(now)));
        members.putAll(fields);
        members.put(audit ? "data" : "payload", data);
        StringBuilder json = new StringBuilder();
        members.forEach((name, value) -> json.append(json.isEmpty() ? "{" : ",")
                .append(quoted(name))
                .append(':')
                .append(value));
        return onTopic(topic, json.append('}').toString());
    }

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    private static void checkJson(String data) {
        try {
            if (MAPPER.readTree(data).isMissingNode()) {
                throw new BadInputException("data: expected JSON, got nothing");
            }
        } catch (JsonProcessingException e) {
            throw new BadInputException("data: expected JSON, got: " + e.getOriginalMessage());
        }
    }
}
