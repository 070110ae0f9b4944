package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.TargetChanges;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.ListenerRegistration;
import com.google.cloud.firestore.QuerySnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The change log of the targets, as a listener tells of changes, whoever makes them. Firestore keeps no log: this one
 * begins when it is first read, and its positions mean nothing to another process. The listener is registered anew when it
 * ends, and every few minutes though it seems well; each registration gives all documents, of which only what differs is a
 * change. Safe for use by many threads.
 */
final class TargetLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetLog.class);
    private static final Duration ANEW_EVERY = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final FirestoreConnection connection;
    private final LongSupplier nanoTime;

    /** When each document was last changed, as far as the listener has told. Guarded by this. */
    private final Map<String, Timestamp> known = new HashMap<>();

    /** The position of each document's last change. Guarded by this. */
    private final Map<String, Long> positions = new LinkedHashMap<>();

    /** Guarded by this. */
    private long position;

    /** Guarded by this. */
    private @Nullable ListenerRegistration registration;

    /** Guarded by this. */
    private long registeredNanos;

    /** Why the listener has ended; null: it has not. Guarded by this. */
    private @Nullable FirestoreException failure;

    TargetLog(FirestoreConnection connection, LongSupplier nanoTime) {
        this.connection = connection;
        this.nanoTime = nanoTime;
    }

    synchronized TargetChanges since(long since) {
        listen();
        Set<String> changed = positions.entrySet().stream()
                .filter(entry -> entry.getValue() > since)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new TargetChanges(changed, Math.max(since, position));
    }

    private void listen() {
        long age = nanoTime.getAsLong() - registeredNanos;
        FirestoreException ended = failure;
        if (registration != null && age < (ended == null ? ANEW_EVERY : PAUSE).toNanos()) {
            if (ended != null) {
                throw connection.unavailable("listen to the targets", ended);
            }
            return;
        }
        if (registration != null) {
            registration.remove();
        }
        failure = null;
        registeredNanos = nanoTime.getAsLong();
        registration = connection
                .reading()
                .collection(FirestoreDocuments.TARGETS)
                .addSnapshotListener((snapshot, problem) -> {
                    if (problem != null) {
                        ended(problem);
                    } else if (snapshot != null) {
                        changed(snapshot);
                    }
                });
    }

    private synchronized void ended(FirestoreException problem) {
        LOG.warn("the listener to the targets has ended, and is registered anew: {}", problem.getMessage());
        failure = problem;
    }

    private synchronized void changed(QuerySnapshot snapshot) {
        Set<String> gone = new HashSet<>(known.keySet());
        for (DocumentSnapshot document : snapshot) {
            gone.remove(document.getId());
            Timestamp at = document.getUpdateTime();
            if (at != null && !at.equals(known.put(document.getId(), at))) {
                note(document.getId());
            }
        }
        for (String id : gone) {
            known.remove(id);
            note(id);
        }
    }

    private void note(String id) {
        positions.put(id, ++position);
    }

    @Override
    public synchronized void close() {
        if (registration != null) {
            registration.remove();
        }
    }
}
