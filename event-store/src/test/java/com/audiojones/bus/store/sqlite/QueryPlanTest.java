package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.store.EventState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryPlanTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void migrate() {
        file = directory.resolve("store.db");
        new Schema(new DatabaseFile(file, Duration.ofSeconds(10))).migrate();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL | events_newest (created_at>? AND (created_at,event_id)<(?,?))",
                "FAILED | events_failed (created_at>? AND (created_at,event_id)<(?,?))",
                "IN_FLIGHT | events_in_flight (created_at>? AND (created_at,event_id)<(?,?))",
                "SOURCE | events_of_source (source=? AND created_at>? AND (created_at,event_id)<(?,?))",
                "KIND | events_of_kind (topic=? AND priority=? AND name=? AND event_type=? AND created_at>? AND (created_at,event_id)<(?,?))"
            })
    void aListIsReadInTheOrderOfItsIndexAndSortedNowhere(EventLists.Access access, String index) throws SQLException {
        EventState state =
                switch (access) {
                    case FAILED -> EventState.FAILED;
                    case IN_FLIGHT -> EventState.IN_FLIGHT;
                    case ALL, SOURCE, KIND, TEXT, ID -> null;
                };

        assertThat(plan(EventLists.sql(access, state))).containsExactly("SEARCH events USING INDEX " + index);
    }

    @Test
    void kindsAndIdsAreFoundInTheirIndexes() throws SQLException {
        assertThat(plan(EventLists.NEXT_KIND)).noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP"));
        assertThat(plan(EventLists.OF_AN_ID)).anyMatch(step -> step.contains("event_id>? AND event_id<?"));
        assertThat(plan(EventLists.sql(EventLists.Access.ID, null)))
                .contains("SEARCH events USING INTEGER PRIMARY KEY (rowid=?)")
                .noneMatch(step -> step.startsWith("SCAN"));
    }

    @Test
    void whatBecameOfEventsIsListedInTheOrderOfAnIndex() throws SQLException {
        assertThat(plan(DeliveryReads.DEAD_LETTERS))
                .containsExactly("SEARCH dead_letters USING INDEX dead_letters_newest (target_id=? AND timestamp<?)");
        assertThat(plan(DeliveryReads.QUARANTINED))
                .containsExactly("SEARCH quarantine USING INDEX quarantine_by_time (timestamp<?)");
    }

    @Test
    void anEventIsFoundByItsId() throws SQLException {
        assertThat(plan(EventReads.BY_ID))
                .containsExactly("SEARCH events USING INDEX sqlite_autoindex_events_1 (event_id=?)");
    }

    @Test
    void theFiguresOfAWindowAreRanges() throws SQLException {
        assertThat(plan(StatsBuckets.SUMS)).contains("SEARCH stats_buckets USING PRIMARY KEY (minute>?)");
        assertThat(plan(StatsBuckets.LATENCIES)).contains("SEARCH stats_buckets USING PRIMARY KEY (minute>?)");
        assertThat(plan(StatsBuckets.STEP_SUMS)).contains("SEARCH stats_buckets USING PRIMARY KEY (minute>?)");
        assertThat(plan(StatsBuckets.STEP_LATENCIES)).contains("SEARCH stats_buckets USING PRIMARY KEY (minute>?)");
        assertThat(plan(StatsBuckets.QUARANTINED))
                .contains("SEARCH quarantine USING COVERING INDEX quarantine_by_time (timestamp>?)");
    }

    @Test
    void whatIsOldIsFoundByItsTime() throws SQLException {
        assertThat(plan(Expiry.OLD))
                .containsExactly("SEARCH events USING COVERING INDEX events_newest (created_at>? AND created_at<?)");
    }

    @Test
    void failedEventsAreFoundInTheOrderOfAnIndexOfTheirTarget() throws SQLException {
        for (String query : List.of(FailedReads.PAGE, FailedReads.COUNT)) {
            assertThat(plan(query))
                    .contains("SEARCH letter USING COVERING INDEX dead_letters_of_target (target_id=? AND event_id>?)")
                    .contains("SEARCH delivery USING INDEX sqlite_autoindex_status_webhook_deliveries_1"
                            + " (event_id=? AND target_id=?)")
                    .noneMatch(step -> step.startsWith("SCAN events") || step.startsWith("SCAN letter"));
        }
    }

    private List<String> plan(String query) throws SQLException {
        try (RawFile raw = new RawFile(file)) {
            return raw.column("EXPLAIN QUERY PLAN " + query);
        }
    }
}
