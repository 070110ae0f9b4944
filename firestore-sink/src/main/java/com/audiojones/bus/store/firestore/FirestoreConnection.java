package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.StoreUnavailableException;
import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The two clients of one database: the one for reading, and the generated one for {@code batchWrite}, whose answer says of
 * each document what became of it. Safe for use by many threads.
 */
final class FirestoreConnection implements AutoCloseable {

    /** The client tries again by itself for longer than anybody should wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Firestore reading;
    private final FirestoreClient writing;

    private FirestoreConnection(String name, Firestore reading, FirestoreClient writing) {
        this.name = name;
        this.reading = reading;
        this.writing = writing;
    }

    /** Opens the clients; nothing is sent before the first call. */
    static FirestoreConnection open(FirestoreOptions options) {
        try {
            FirestoreClient writing = FirestoreClient.create(FirestoreSettings.newBuilder()
                    .setTransportChannelProvider(options.getTransportChannelProvider())
                    .setCredentialsProvider(options.getCredentialsProvider())
                    .build());
            return new FirestoreConnection("Firestore " + options.getProjectId(), options.getService(), writing);
        } catch (IOException e) {
            throw new UncheckedIOException("no connection is made yet", e);
        }
    }

    Firestore reading() {
        return reading;
    }

    FirestoreClient writing() {
        return writing;
    }

    /** {@return the name of the database in requests of the generated client} */
    String database() {
        FirestoreOptions options = reading.getOptions();
        return "projects/" + options.getProjectId() + "/databases/" + options.getDatabaseId();
    }

    /** {@return what a call answered} */
    <T> T await(String what, ApiFuture<T> call) {
        try {
            return call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | CancellationException e) {
            call.cancel(true);
            throw unavailable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel(true);
            throw unavailable(what, e);
        }
    }

    StoreUnavailableException unavailable(String what, Throwable cause) {
        StatusCode.Code code = code(cause);
        String why = cause instanceof TimeoutException
                ? "no answer within " + PATIENCE.toSeconds() + " s"
                : (code == null ? "" : "[" + code + "] ") + firstLine(cause);
        return new StoreUnavailableException(name + ": could not " + what + ": " + why, cause);
    }

    /** {@return the status along the chain of causes; classes of exceptions say less, and differ by client} */
    static StatusCode.@Nullable Code code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException api) {
                return api.getStatusCode().getCode();
            }
            if (cause instanceof FirestoreException firestore && firestore.getStatus() != null) {
                return StatusCode.Code.valueOf(firestore.getStatus().getCode().name());
            }
        }
        return null;
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    @Override
    public void close() {
        writing.shutdownNow();
        reading.shutdownNow();
    }
}
