package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFiltersTest {

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withoutSharedSecret();
        api.store.add(Events.event("evt-1", "status_change", Priority.P0, "{}"));
        api.store.add(Events.event("evt-2", "incident_opened", Priority.P1, "{}"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "priority=P0, evt-1",
        "topic=events.status&id=evt-2, evt-2",
        "topic=audit.user, ''",
        "status=failed&priority=P1, evt-2",
        "status=in_flight, ''",
        "source=status-system&type=status_*, evt-1",
        "from=2026-03-01T11:00:01%2B01:00&until=2026-03-01T10:00:02Z&id=evt-1, evt-1",
        "until=2026-03-01T10:00:01Z, ''"
    })
    void allFiltersApplyAtOnce(String query, String expected) {
        AdminApi.Answer answer = api.get("/events?" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(String.join(" ", answer.json().path("events").findValuesAsText("event_id")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=p1 | priority: expected P0, P1, P2 or P3, got 'p1'",
                "status=done | status: expected one of in_flight, unmatched, delivered, failed, got 'done'",
                "from=yesterday | from: expected a time such as 2026-11-27T10:30:00Z, got 'yesterday'",
                "text=a%00b | text: expected 1 to 256 characters, none of them NUL, got 'a?b'",
                "topic= | topic: expected 1 to 256 characters, none of them NUL, got ''",
                "text=invoice | text: expected a store with a full-text index, got one without",
                "until= | until: expected a time such as 2026-11-27T10:30:00Z, got ''",
                "id=%20 | id: expected the beginning of an event's id, got ' '"
            })
    void aFilterThatMakesNoSenseIsRefused(String query, String reason) {
        AdminApi.Answer answer = api.get("/events?" + query);

        assertProblem(400, "Bad Request", answer);
        assertThat(answer.json().path("detail").textValue()).isEqualTo(reason);
    }

    @Test
    void withoutFiltersAllAreListed() {
        assertThat(api.get("/events").json().path("events")).hasSize(2);
    }
}
