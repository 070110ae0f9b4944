package com.audiojones.bus.launcher.role;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.firestore.FirestoreStoreSettings;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.TargetVault;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which event store sink and admin use.
 *
 * @param firestore Firestore's settings; null: the store is SQLite
 * @param sqliteFile the file of the store where it is SQLite
 * @param sqliteMaxBytes how much that file may hold
 * @param sqliteFullText whether it shall have an index of the words in bodies; null: as it is
 */
public record StoreSettings(
        @Nullable FirestoreStoreSettings firestore,
        Path sqliteFile,
        long sqliteMaxBytes,
        @Nullable Boolean sqliteFullText) {

    private static final String SQLITE = "sqlite";
    private static final String FIRESTORE = "firestore";
    private static final String AS_IT_IS = "as-it-is";
    private static final long MEBIBYTE = 1_048_576;

    static StoreSettings read(Settings in) {
        String type = in.text("store.type", SQLITE);
        if (!type.equals(SQLITE) && !type.equals(FIRESTORE)) {
            in.problem("store.type: expected " + SQLITE + " or " + FIRESTORE + ", got '" + type + "'");
        }
        return new StoreSettings(
                FirestoreStoreSettings.read(in, type.equals(FIRESTORE)),
                Path.of(in.text("store.sqlite-file", ".ajbus/events.db")),
                maxBytes(in.integer("store.sqlite-max-mib", 0, 0, Integer.MAX_VALUE)),
                fullText(in));
    }

    /**
     * {@return the settings of both kinds of store, whichever is in use}
     *
     * @param in the settings
     * @throws com.audiojones.bus.config.ConfigException if one of them is wrong
     */
    public static StoreSettings readBoth(Settings in) {
        StoreSettings one = read(in);
        return new StoreSettings(
                FirestoreStoreSettings.read(in, true), one.sqliteFile(), one.sqliteMaxBytes(), one.sqliteFullText());
    }

    private static @Nullable Boolean fullText(Settings in) {
        String text = in.text("store.sqlite-full-text", AS_IT_IS);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case AS_IT_IS -> null;
            default -> {
                in.problem("store.sqlite-full-text: expected true, false or " + AS_IT_IS + ", got '" + text + "'");
                yield null;
            }
        };
    }

    private static long maxBytes(int mebibytes) {
        return mebibytes == 0 ? Long.MAX_VALUE : mebibytes * MEBIBYTE;
    }

    /**
     * {@return the store, to be closed by the caller}
     *
     * @param vault how the targets' secrets are kept
     * @throws com.audiojones.bus.config.ConfigException if a SQLite file cannot be used
     */
    public EventStore open(TargetVault vault) {
        return firestore == null ? openSqlite(vault) : FirestoreEventStore.open(firestore, vault);
    }

    /**
     * {@return the SQLite store, to be closed by the caller}
     *
     * @param vault how the targets' secrets are kept
     * @throws com.audiojones.bus.config.ConfigException if its file cannot be used
     */
    public SqliteEventStore openSqlite(TargetVault vault) {
        return sqliteFullText == null
                ? SqliteEventStore.open(sqliteFile, sqliteMaxBytes, vault)
                : SqliteEventStore.open(sqliteFile, sqliteMaxBytes, vault, sqliteFullText);
    }
}
