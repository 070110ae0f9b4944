package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reading of what became of events: deliveries, dead letters, quarantine. */
final class DeliveryReads {

    static final String OF_EVENT = "SELECT * FROM status_webhook_deliveries WHERE event_id = ?"
            + " ORDER BY timestamp, target_id, replay_id, request_no";

    static final String DEAD_LETTERS = "SELECT id, event_id, target_id, replay_id, timestamp, attempts, reason,"
            + " last_error, last_status, url, event_type FROM dead_letters"
            + " WHERE target_id = ?1 AND (timestamp, id) < (?2, ?3) ORDER BY timestamp DESC, id DESC LIMIT ?4";

    static final String QUARANTINED =
            "SELECT * FROM quarantine WHERE (timestamp, id) < (?1, ?2) ORDER BY timestamp DESC, id DESC LIMIT ?3";

    private final Session session;

    DeliveryReads(Session session) {
        this.session = session;
    }

    List<StoredDelivery> ofEvent(String eventId) throws SQLException {
        List<StoredDelivery> deliveries = new ArrayList<>();
        try (ResultSet rows = session.query(OF_EVENT, eventId)) {
            while (rows.next()) {
                deliveries.add(delivery(rows));
            }
        }
        return deliveries;
    }

    Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable PageCursor after) throws SQLException {
        try (ResultSet rows = session.query(DEAD_LETTERS, targetId, RowPage.at(after), RowPage.row(after), limit + 1)) {
            return RowPage.of(rows, "timestamp", limit, DeliveryReads::deadLetter);
        }
    }

    Page<QuarantineWrite> quarantined(int limit, @Nullable PageCursor after) throws SQLException {
        try (ResultSet rows = session.query(QUARANTINED, RowPage.at(after), RowPage.row(after), limit + 1)) {
            return RowPage.of(rows, "timestamp", limit, DeliveryReads::quarantined);
        }
    }

    static StoredDelivery delivery(ResultSet row) throws SQLException {
        return new StoredDelivery(
                row.getString("event_id"),
                DeliveryKind.ofLabel(row.getString("outcome")),
                orNull(row.getString("target_id")),
                orNull(row.getString("replay_id")),
                row.getString("url"),
                row.getInt("request_no"),
                row.getInt("attempt"),
                row.getInt("matched"),
                number(row, "status"),
                longNumber(row, "response_time_ms"),
                row.getString("error"),
                row.getString("error_message"),
                row.getString("response_excerpt"),
                EventReads.time(row, "timestamp"),
                EventReads.timeOrNull(row, "next_attempt_at"));
    }

    static StoredDeadLetter deadLetter(ResultSet row) throws SQLException {
        return new StoredDeadLetter(
                row.getString("event_id"),
                row.getString("target_id"),
                orNull(row.getString("replay_id")),
                row.getString("event_type"),
                row.getString("url"),
                DeadLetterReason.valueOf(row.getString("reason")),
                row.getString("last_error"),
                number(row, "last_status"),
                row.getInt("attempts"),
                EventReads.time(row, "timestamp"));
    }

    static QuarantineWrite quarantined(ResultSet row) throws SQLException {
        QuarantineRecord record = new QuarantineRecord(
                row.getString("reason"),
                row.getString("stage"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getLong("appended_at"),
                row.getInt("value_bytes"),
                row.getString("value_sha256"));
        return new QuarantineWrite(
                record, row.getString("key_base64"), row.getString("value_base64"), EventReads.time(row, "timestamp"));
    }

    private static @Nullable String orNull(String idPart) {
        return idPart.isEmpty() ? null : idPart;
    }

    private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Long longNumber(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
