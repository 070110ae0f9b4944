package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of tables whose rows are listed by a time, those of one time by their row ids, newest first. */
final class RowPage {

    private RowPage() {}

    /** Makes an item of a row. */
    @FunctionalInterface
    interface FromRow<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** {@return the page in rows of which there may be one more than its limit} */
    static <T> Page<T> of(ResultSet rows, String time, int limit, FromRow<T> fromRow) throws SQLException {
        List<T> items = new ArrayList<>();
        String last = null;
        while (rows.next()) {
            if (items.size() == limit) {
                return new Page<>(items, last);
            }
            items.add(fromRow.of(rows));
            last = new PageCursor(rows.getLong(time), Long.toString(rows.getLong("id"))).toString();
        }
        return new Page<>(items, null);
    }

    static long at(@Nullable PageCursor after) {
        return after == null ? Long.MAX_VALUE : after.at();
    }

    static long row(@Nullable PageCursor after) {
        return after == null ? Long.MAX_VALUE : Long.parseLong(after.id());
    }
}
