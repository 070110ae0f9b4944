package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.StoreWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern lists exactly the events whose name or type {@link NamePattern} matches. */
interface FilterRules extends StoreRules {

    @ParameterizedTest
    @CsvSource({
        "status_change, evt_status",
        "status_*, evt_status",
        "status, ''",
        "audit.user, evt_created evt_login",
        "audit.user.*, evt_created evt_login",
        "audit.user.*.*, evt_created",
        "audit.*.login, evt_login",
        "user.login, evt_login",
        "task.created, evt_created",
        "audit.use, ''",
        "AUDIT.USER, ''",
        "no.such.type, ''"
    })
    default void anEventIsListedByItsNameOrItsType(String pattern, String expected) throws InvalidCursorException {
        write(
                named("evt_created", "audit.user.task.created", "task.created"),
                named("evt_login", "audit.user.login", "user.login"),
                named("evt_status", "status_change", "status_change"));

        assertThat(String.join(
                        " ",
                        listed(new EventQuery(EventFilter.named(NamePattern.of(pattern)), 1, null))
                                .reversed()))
                .isEqualTo(expected);
    }

    @Test
    default void everyPatternListsWhatItMatches() throws InvalidCursorException {
        Random random = new Random(20_261_121);
        List<SampleEvent> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(SampleEvent.of(
                    "evt_" + i, SampleEvent.TIME, "audit.user", text(random, false), text(random, false), 1));
        }
        store().write(events.stream().<StoreWrite>map(SampleEvent::event).toList());

        for (int i = 0; i < 300; i++) {
            NamePattern pattern = NamePattern.of(text(random, true));
            List<String> expected = events.stream()
                    .filter(event -> pattern.matches(event.headers().name())
                            || pattern.matches(event.headers().eventType()))
                    .map(SampleEvent::id)
                    .toList();
            assertThat(listed(new EventQuery(EventFilter.named(pattern), 100, null)))
                    .as("pattern %s", pattern)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static StoreWrite named(String id, String name, String type) {
        return SampleEvent.of(id, SampleEvent.TIME, "audit.user", name, type, 1).event();
    }

    /** Few letters, so that matches and near misses are common. */
    private static String text(Random random, boolean pattern) {
        List<String> segments = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int s = 0; s < count; s++) {
            StringBuilder segment = new StringBuilder();
            int length = 1 + random.nextInt(3);
            for (int c = 0; c < length; c++) {
                segment.append((pattern ? "ab_*" : "ab_-").charAt(random.nextInt(4)));
            }
            segments.add(segment.toString());
        }
        return String.join(".", segments);
    }
}
