package com.audiojones.bus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryPlanTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void migrate() {
        file = directory.resolve("store.db");
        new Schema(new DatabaseFile(file, Duration.ofSeconds(10))).migrate();
    }

    @Test
    void aPageIsReadInTheOrderOfItsIndexAndSortedNowhere() throws SQLException {
        assertThat(plan(EventReads.PAGE))
                .containsExactly(
                        "SEARCH events USING INDEX events_newest (created_at>? AND (created_at,event_id)<(?,?))");
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
