package com.audiojones.bus.testkit;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.testkit.store.EventStoreContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventStoreContractTest extends EventStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected EventStore openEmpty() {
        return SqliteEventStore.open(file());
    }

    @Override
    public void putTargetDocument(String id, String json) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO status_webhook_targets (target_id, document) VALUES (?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, json);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the file is not as the test expects it", e);
        }
    }

    private Path file() {
        return directory.resolve("store.db");
    }
}
