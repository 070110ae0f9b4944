package com.audiojones.bus.bench.store;

import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Inserts events and deliveries into the store's own tables, in batches, and looks at nothing. */
final class BareSqlite implements AutoCloseable {

    private static final String EVENT = "INSERT INTO events (event_id, event_type, name, topic, priority, created_at,"
            + " occurred_at, expires_at, sample_rate, dispatched_to, delivery_success, delivery_failed, source, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 0, 'bench', ?)";
    private static final String DELIVERY =
            "INSERT INTO status_webhook_deliveries (event_id, target_id, replay_id, outcome,"
                    + " request_no, attempt, matched, url, status, timestamp, response_time_ms, response_excerpt)"
                    + " VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final PreparedStatement events;
    private final PreparedStatement deliveries;

    /** @param file a file of the store, with its schema */
    BareSqlite(Path file) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var settings = connection.createStatement()) {
            settings.execute("PRAGMA synchronous = NORMAL");
        }
        connection.setAutoCommit(false);
        this.events = connection.prepareStatement(EVENT);
        this.deliveries = connection.prepareStatement(DELIVERY);
    }

    void write(StoredEvents sample, int from, int to) throws SQLException {
        for (int number = from; number < to; number++) {
            LaneHeaders headers = sample.headers(number);
            bind(
                    events,
                    headers.eventId().value(),
                    headers.eventType(),
                    headers.name(),
                    headers.topic(),
                    headers.priority().name(),
                    headers.ingestedAt().toEpochMilli(),
                    headers.occurredAt().toEpochMilli(),
                    headers.ingestedAt().toEpochMilli(),
                    headers.sampleRate(),
                    sample.body(headers));
            DeliveryRecord delivery = sample.delivery(headers);
            bind(
                    deliveries,
                    delivery.eventId(),
                    String.valueOf(delivery.targetId()),
                    delivery.kind().label(),
                    delivery.requestNo(),
                    delivery.attempt(),
                    delivery.matched(),
                    String.valueOf(delivery.url()),
                    200,
                    delivery.timestamp().toEpochMilli(),
                    12,
                    "ok");
        }
        events.executeBatch();
        deliveries.executeBatch();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }
}
