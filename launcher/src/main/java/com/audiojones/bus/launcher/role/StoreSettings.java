package com.audiojones.bus.launcher.role;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.firestore.FirestoreStoreSettings;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which event store sink and admin use.
 *
 * @param firestore Firestore's settings; null: the store is SQLite
 * @param sqliteFile the file of the store where it is SQLite
 */
public record StoreSettings(@Nullable FirestoreStoreSettings firestore, Path sqliteFile) {

    private static final String SQLITE = "sqlite";
    private static final String FIRESTORE = "firestore";

    static StoreSettings read(Settings in) {
        String type = in.text("store.type", SQLITE);
        if (!type.equals(SQLITE) && !type.equals(FIRESTORE)) {
            in.problem("store.type: expected " + SQLITE + " or " + FIRESTORE + ", got '" + type + "'");
        }
        return new StoreSettings(
                FirestoreStoreSettings.read(in, type.equals(FIRESTORE)),
                Path.of(in.text("store.sqlite-file", ".ajbus/events.db")));
    }

    /**
     * {@return the store, to be closed by the caller}
     *
     * @throws com.audiojones.bus.config.ConfigException if a SQLite file cannot be used
     */
    public EventStore open() {
        return firestore == null ? SqliteEventStore.open(sqliteFile) : FirestoreEventStore.open(firestore);
    }
}
