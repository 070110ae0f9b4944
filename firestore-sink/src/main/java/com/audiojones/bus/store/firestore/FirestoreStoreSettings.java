package com.audiojones.bus.store.firestore;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.sink.SinkSettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.firestore.FirestoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the Firestore is and who the bus is there.
 *
 * @param projectId the Google Cloud project
 * @param databaseId the database in it
 * @param emulatorHost {@code host:port} of an emulator; null: Google's service
 * @param credentials who the bus is; null with an emulator
 * @param shards into how many parts events are divided
 * @param retention how long after its time a document expires
 */
public record FirestoreStoreSettings(
        String projectId,
        String databaseId,
        @Nullable String emulatorHost,
        @Nullable Credentials credentials,
        int shards,
        Duration retention) {

    private static final int MAX_SHARDS = 32;
    private static final int DEFAULT_SHARDS = 4;
    private static final String DEFAULT_DATABASE = "(default)";

    /** {@return whether this is no real Firestore} */
    public boolean isEmulator() {
        return emulatorHost != null;
    }

    /**
     * Reads {@code firestore.*}, of which project, client e-mail and private key have variables of their own:
     * {@code FIREBASE_PROJECT_ID, FIREBASE_CLIENT_EMAIL, FIREBASE_PRIVATE_KEY}; the emulator's is
     * {@code FIRESTORE_EMULATOR_HOST}.
     *
     * @param in where settings are read; problems are noted there
     * @param inUse whether the store is meant to be this one, so that it must be complete
     * @return the settings; null: not in use, or not complete
     */
    public static @Nullable FirestoreStoreSettings read(Settings in, boolean inUse) {
        String project = in.text("firestore.project-id", "FIREBASE_PROJECT_ID", "");
        String email = in.text("firestore.client-email", "FIREBASE_CLIENT_EMAIL", "");
        Secret key = in.multilineSecret("firestore.private-key", "FIREBASE_PRIVATE_KEY");
        String file = in.text("firestore.credentials-file", "");
        String emulator = in.text("firestore.emulator-host", "FIRESTORE_EMULATOR_HOST", "");
        String database = in.text("firestore.database-id", DEFAULT_DATABASE);
        int shards = in.integer("firestore.shards", DEFAULT_SHARDS, 1, MAX_SHARDS);
        Duration retention = SinkSettings.retention(in);
        if (!inUse) {
            return null;
        }
        if (project.isEmpty()) {
            in.problem("firestore.project-id (FIREBASE_PROJECT_ID): expected the Google Cloud project, got nothing");
            return null;
        }
        if (!emulator.isEmpty()) {
            boolean both = key != null || !file.isEmpty();
            if (both) {
                in.problem("FIRESTORE_EMULATOR_HOST: expected nothing beside real credentials, got '" + emulator
                        + "': what is meant for Google's service would go to the emulator");
                return null;
            }
            return new FirestoreStoreSettings(project, database, emulator, null, shards, retention);
        }
        Credentials credentials = credentials(in, email, key, file);
        return credentials == null
                ? null
                : new FirestoreStoreSettings(project, database, null, credentials, shards, retention);
    }

    /** {@return how Google's client is told} */
    FirestoreOptions options() {
        FirestoreOptions.Builder options = FirestoreOptions.newBuilder().setDatabaseId(databaseId);
        options.setProjectId(projectId);
        if (emulatorHost == null) {
            options.setCredentials(Objects.requireNonNull(credentials, "Google's service wants credentials"));
        } else {
            // With credentials beside it the client would leave the emulator out and go to Google's service.
            options.setEmulatorHost(emulatorHost);
        }
        return options.build();
    }

    private static @Nullable Credentials credentials(Settings in, String email, @Nullable Secret key, String file) {
        try {
            if (!file.isEmpty()) {
                try (InputStream json = Files.newInputStream(Path.of(file))) {
                    return ServiceAccountCredentials.fromStream(json);
                }
            }
            if (key == null && email.isEmpty()) {
                return GoogleCredentials.getApplicationDefault();
            }
            if (key == null || email.isEmpty()) {
                in.problem((key == null
                                ? "firestore.private-key (FIREBASE_PRIVATE_KEY)"
                                : "firestore.client-email (FIREBASE_CLIENT_EMAIL)")
                        + ": expected a value, as the other of the two is set, got nothing");
                return null;
            }
            return ServiceAccountCredentials.newBuilder()
                    .setClientEmail(email)
                    .setPrivateKeyString(pem(key))
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            in.problem("firestore credentials: expected a service account's key, a file of it in"
                    + " firestore.credentials-file, or the platform's default, got: " + e.getMessage());
            return null;
        }
    }

    /** The key as it was before variables and files escaped it. */
    static String pem(Secret key) {
        String text = key.reveal().strip();
        if (text.length() > 1
                && Stream.of("\"", "'").anyMatch(quote -> text.startsWith(quote) && text.endsWith(quote))) {
            return pem(new Secret(text.substring(1, text.length() - 1)));
        }
        return text.replace("\\r", "").replace("\\n", "\n").replace("\r", "");
    }
}
