package com.audiojones.bus.store.sqlite;

import static com.audiojones.bus.store.sqlite.Samples.TIME;
import static com.audiojones.bus.store.sqlite.Samples.delivered;
import static com.audiojones.bus.store.sqlite.Samples.event;
import static com.audiojones.bus.store.sqlite.Samples.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventState;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.UnsupportedFilterException;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullTextTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void fill() {
        file = directory.resolve("store.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.write(List.of(
                    body("evt_1", 1, "{\"payload\":{\"text\":\"The invoice of M\u00fcller is paid\"}}"),
                    body("evt_2", 2, "{\"payload\":{\"text\":\"invoice 42, not paid\"}}"),
                    delivered("evt_2"),
                    body("evt_3", 3, "{\"payload\":{\"text\":\"nothing of that\"}}")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "invoice | evt_2 evt_1",
                "paid invoice | evt_2 evt_1",
                "INVOICE m\u00fcller | evt_1",
                "42 | evt_2",
                "NOT | evt_2",
                "inv | ''",
                "a\"b* OR ) | ''",
                "invoice OR nothing | ''"
            })
    void allWordsAreLookedForAndTakenLiterally(String text, String expected) throws InvalidCursorException {
        try (SqliteEventStore store = open(true)) {
            assertThat(found(store, text)).isEqualTo(expected.equals("''") ? "" : expected);
        }
    }

    @Test
    void whatComesLaterIsFoundAndWhatGoesIsNot() throws InvalidCursorException {
        try (SqliteEventStore store = open(true)) {
            store.write(List.of(body("evt_4", 4, "{\"payload\":\"a late invoice\"}")));
            assertThat(found(store, "invoice")).isEqualTo("evt_4 evt_2 evt_1");

            store.write(List.of(body("evt_4", 0, "{\"payload\":\"an earlier letter\"}")));
            assertThat(found(store, "invoice")).isEqualTo("evt_2 evt_1");

            store.deleteBefore(TIME.plusMillis(2));
            assertThat(found(store, "invoice")).isEqualTo("evt_2");
        }
    }

    @Test
    void otherFiltersApplyToo() throws InvalidCursorException {
        try (SqliteEventStore store = open(true)) {
            EventFilter filter =
                    new EventFilter(null, null, null, EventState.DELIVERED, null, null, null, null, "invoice");
            assertThat(store.events(new EventQuery(filter, 10, null)).items())
                    .singleElement()
                    .satisfies(found ->
                            assertThat(found.headers().eventId().value()).isEqualTo("evt_2"));
        }
    }

    @Test
    void aStoreWithoutTheIndexSaysSo() {
        open(true).close();
        try (SqliteEventStore store = open(false)) {
            assertThatThrownBy(() -> found(store, "invoice"))
                    .isInstanceOf(UnsupportedFilterException.class)
                    .hasMessage("text: expected a store with a full-text index, got one without;"
                            + " store.sqlite-full-text=true makes it");
            store.write(List.of(event("evt_5")));
            assertThat(store.event("evt_5")).isPresent();
        }
    }

    private SqliteEventStore open(boolean fullText) {
        return SqliteEventStore.open(file, Long.MAX_VALUE, TargetVault.CLEAR, fullText);
    }

    private static String found(SqliteEventStore store, String text) throws InvalidCursorException {
        EventFilter filter = new EventFilter(null, null, null, null, null, null, null, null, text);
        return store.events(new EventQuery(filter, 10, null)).items().stream()
                .map(event -> event.headers().eventId().value())
                .collect(Collectors.joining(" "));
    }

    private static EventWrite body(String id, int millis, String body) {
        return new EventWrite(headers(id, TIME.plusMillis(millis)), body);
    }
}
