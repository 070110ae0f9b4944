package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows to be put by one batch for each statement, in the order in which the statements came first. */
final class RowBatches {

    private final Map<String, List<@Nullable Object[]>> byStatement = new LinkedHashMap<>();

    void add(String sql, @Nullable Object... row) {
        byStatement.computeIfAbsent(sql, unseen -> new ArrayList<>()).add(row);
    }

    void putInto(Session session) throws SQLException {
        for (Map.Entry<String, List<@Nullable Object[]>> batch : byStatement.entrySet()) {
            session.updateAll(batch.getKey(), batch.getValue());
        }
    }
}
