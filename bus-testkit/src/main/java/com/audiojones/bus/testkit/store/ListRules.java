package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.StoreWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is listed is exactly what was asked for, page by page, whatever is asked for at once. */
interface ListRules extends StoreRules {

    /** An event as the rules made it. */
    record Made(
            LaneHeaders headers, EventState state, @Nullable String source) {

        String id() {
            return headers.eventId().value();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_127, 7, 99})
    default void everyFilterListsWhatItAsksForNewestFirst(long seed) throws InvalidCursorException {
        Random random = new Random(seed);
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            made.add(make(i, random));
        }

        for (int i = 0; i < 120; i++) {
            EventFilter filter = filter(random);
            List<String> expected = made.stream()
                    .filter(event -> filter.matches(event.headers())
                            && (filter.state() == null || filter.state() == event.state())
                            && (filter.source() == null || filter.source().equals(event.source())))
                    .sorted(Comparator.comparing((Made event) -> event.headers().ingestedAt())
                            .thenComparing(Made::id)
                            .reversed())
                    .map(Made::id)
                    .toList();
            assertThat(listed(new EventQuery(filter, 1 + random.nextInt(60), null)))
                    .as("seed %s, %s", seed, filter)
                    .isEqualTo(expected);
        }
    }

    @Test
    default void aSourceThatIsNoTextOrThatIsLongIsNotFoundButHarmsNothing() throws InvalidCursorException {
        write(
                SampleEvent.of("evt_1")
                        .withBody("{\"metadata\":{\"source\":7}}")
                        .event(),
                SampleEvent.of("evt_2").withBody("{\"metadata\":[]}").event(),
                SampleEvent.of("evt_3").withBody("no JSON").event(),
                SampleEvent.of("evt_4")
                        .withBody("{\"payload\":{\"source\":\"crm\"},\"metadata\":{}}")
                        .event());

        for (String source : List.of("7", "crm", "")) {
            EventFilter filter = new EventFilter(null, null, null, null, source, null, null, null, null);
            assertThat(listed(new EventQuery(filter, 10, null))).as(source).isEmpty();
        }
        assertThat(listed(new EventQuery(EventFilter.ALL, 10, null))).hasSize(4);
    }

    private Made make(int i, Random random) {
        String topic = List.of("audit.user", "audit.data", "events.status").get(random.nextInt(3));
        String type = List.of("login", "task.created", "export").get(random.nextInt(3));
        String source = one(random, "crm", "portal", "\u00fc \ud83d\udca5", null);
        Instant at = SampleEvent.TIME.plusMillis(random.nextInt(100));
        LaneHeaders headers = new LaneHeaders(
                new EventId("evt_" + (char) ('a' + random.nextInt(4)) + i),
                type,
                topic + "." + type,
                topic,
                Priority.values()[random.nextInt(4)],
                at,
                at,
                null,
                1,
                null,
                null,
                null);
        String body =
                source == null ? "{}" : "{\"payload\":{\"source\":[]},\"metadata\":{\"source\":\"" + source + "\"}}";
        SampleEvent event = new SampleEvent(headers, body);
        EventState state = EventState.values()[random.nextInt(4)];
        List<StoreWrite> writes = new ArrayList<>(List.of(event.event()));
        switch (state) {
            case IN_FLIGHT -> {
                if (random.nextBoolean()) {
                    writes.add(event.status(2, random.nextInt(2), 0));
                }
            }
            case UNMATCHED -> writes.add(event.status(0, 0, 0));
            case DELIVERED -> writes.add(event.status(2, 2, 0));
            case FAILED -> writes.add(event.status(2, random.nextInt(2), 1));
        }
        if (random.nextBoolean()) {
            store().write(writes);
        } else {
            writes.reversed().forEach(write -> store().write(List.of(write)));
        }
        return new Made(headers, state, source);
    }

    private static EventFilter filter(Random random) {
        String pattern = one(random, "audit.user.*", "login", "*", "audit.*.export", "nothing.*", null, null, null);
        Instant from = SampleEvent.TIME.plusMillis(random.nextInt(100));
        return new EventFilter(
                pattern == null ? null : NamePattern.of(pattern),
                one(random, "audit.user", "events.status", "nothing", null, null, null, null),
                random.nextInt(3) == 0 ? Priority.values()[random.nextInt(4)] : null,
                random.nextInt(3) == 0 ? EventState.values()[random.nextInt(4)] : null,
                one(random, "crm", "\u00fc \ud83d\udca5", "nobody", null, null, null, null, null),
                random.nextInt(4) == 0 ? from : null,
                random.nextInt(4) == 0 ? SampleEvent.TIME.plusMillis(random.nextInt(120)) : null,
                one(random, "evt_", "evt_a", "evt_b1", "evt_c17", "x", null, null, null, null, null, null),
                null);
    }

    private static @Nullable String one(Random random, @Nullable String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
