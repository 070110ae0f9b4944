package com.audiojones.bus.subscribe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceivedEventTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void theEventIsReadAsItsSubscriberWantsIt() {
        ReceivedEvent event =
                event("{\"payload\":{\"from\":\"a\",\"n\":1,\"more\":true},\"metadata\":{\"source\":\"s\"}}");

        assertThat(event.id()).isEqualTo("e-1");
        assertThat(event.name()).isEqualTo("audit.user.login");
        assertThat(event.type()).isEqualTo("user.login");
        assertThat(event.topic()).isEqualTo("audit.user");
        assertThat(event.priority()).isEqualTo(Priority.P1);
        assertThat(event.timestamp()).isEqualTo(TIME);
        assertThat(event.key()).isEqualTo("k");
        assertThat(event.attempt()).isEqualTo(2);
        assertThat(event.replayId()).isNull();
        assertThat(event.payload()).isEqualTo(Map.of("from", "a", "n", 1, "more", true));
        assertThat(event.payload(Some.class)).isEqualTo(new Some("a", 1));
        assertThat(event.metadata()).isEqualTo(Map.of("source", "s"));
        assertThat(event).hasToString("audit.user.login e-1");
    }

    private record Some(String from, int n) {}

    @Test
    void whatDoesNotFitIsSaid() {
        ReceivedEvent event = event("{\"payload\":[1],\"metadata\":{}}");

        assertThat(event.payload(int[].class)).containsExactly(1);
        assertThatThrownBy(event::payload).hasMessage("event e-1: expected a payload that is an object, got array");
        assertThatThrownBy(() -> event.payload(Some.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event e-1: expected a payload that fits Some, got:");
    }

    private static ReceivedEvent event(String body) {
        LaneHeaders headers = new LaneHeaders(
                new EventId("e-1"),
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P1,
                TIME,
                TIME,
                null,
                1,
                null,
                null,
                null);
        return new ReceivedEvent(headers, "k".getBytes(UTF_8), body.getBytes(UTF_8), 2);
    }
}
