package com.audiojones.bus.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.publish.BusEvent;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.publish.Publisher;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is made of one JSON text that the command line gets. */
abstract sealed class EventLine {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventLine() {}

    /** The text is the whole event. */
    static EventLine onTopic(String topic) {
        return new Whole(topic);
    }

    /** The text is what an event is made of. */
    static EventLine ofPayload(Function<RawValue, BusEvent> making) {
        return new Payload(making);
    }

    /**
     * @throws BadInputException if it is no JSON
     * @throws com.audiojones.bus.publish.RejectedEventException if the router would refuse the event
     */
    abstract void check(String text);

    /** The same, and sends it. */
    abstract CompletableFuture<Published> publish(EventBus bus, String text);

    private static final class Whole extends EventLine {
        private final String topic;

        Whole(String topic) {
            this.topic = topic;
        }

        @Override
        void check(String text) {
            Publisher.checkJson(topic, text.getBytes(UTF_8));
        }

        @Override
        CompletableFuture<Published> publish(EventBus bus, String text) {
            return bus.publishJson(topic, null, text.getBytes(UTF_8));
        }
    }

    private static final class Payload extends EventLine {
        private final Function<RawValue, BusEvent> making;

        Payload(Function<RawValue, BusEvent> making) {
            this.making = making;
        }

        @Override
        void check(String text) {
            Publisher.check(event(text));
        }

        @Override
        CompletableFuture<Published> publish(EventBus bus, String text) {
            return bus.publish(event(text));
        }

        private BusEvent event(String text) {
            try {
                if (MAPPER.readTree(text).isMissingNode()) {
                    throw new BadInputException("data: expected JSON, got nothing");
                }
                return making.apply(new RawValue(text));
            } catch (JsonProcessingException e) {
                throw new BadInputException("data: expected JSON, got: " + e.getOriginalMessage());
            }
        }
    }
}
