package com.audiojones.bus.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, each made when it is first needed. All SQL is constant, values come in as
 * parameters: numbers, texts and null. One thread at a time.
 *
 * <p>Transactions are begun and ended by statements: the driver's own way begins the next one at each commit, which would
 * keep the write lock for ever.
 */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Takes the write lock at once, so that waiting for it is all that can happen: later it could not be waited for. */
    void beginWriting() throws SQLException {
        update("BEGIN IMMEDIATE");
    }

    /** What is read until {@link #commit} is one snapshot. */
    void beginReading() throws SQLException {
        update("BEGIN");
    }

    /** {@return how many rows were changed} */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, parameters);
        return statement.executeUpdate();
    }

    /**
     * Runs one statement with many sets of parameters.
     *
     * @return how many rows each changed
     */
    int[] updateAll(String sql, List<@Nullable Object[]> sets) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (@Nullable Object[] parameters : sets) {
            bind(statement, parameters);
            statement.addBatch();
        }
        return statement.executeBatch();
    }

    /** {@return rows, to be closed before the same query is made again} */
    ResultSet query(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, parameters);
        return statement.executeQuery();
    }

    /** Ends with what {@link #update} did to the file kept; without it, {@link #close} undoes that. */
    void commit() throws SQLException {
        update("COMMIT");
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
