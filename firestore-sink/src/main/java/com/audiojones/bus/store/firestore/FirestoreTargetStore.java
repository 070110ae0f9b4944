package com.audiojones.bus.store.firestore;

import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetVault;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The targets in {@code status_webhook_targets}, where other systems and people keep them too. A document that is no valid
 * target is left out, and says why in its field {@code problem}.
 */
final class FirestoreTargetStore implements TargetStore {

    private static final Comparator<Target> OLDEST_FIRST =
            Comparator.comparing(Target::createdAt).thenComparing(Target::id);

    private final FirestoreConnection connection;
    private final TargetLog log;
    private final TargetVault vault;

    FirestoreTargetStore(FirestoreConnection connection, TargetLog log, TargetVault vault) {
        this.vault = vault;
        this.connection = connection;
        this.log = log;
    }

    @Override
    public List<Target> all() {
        List<Target> targets = new ArrayList<>();
        connection.await("list targets", collection().get()).forEach(document -> target(document)
                .ifPresent(targets::add));
        targets.sort(OLDEST_FIRST);
        return List.copyOf(targets);
    }

    @Override
    public long count() {
        return connection.await("count targets", collection().count().get()).getCount();
    }

    @Override
    public Optional<Target> byId(String id) {
        DocumentSnapshot document =
                connection.await("read a target", collection().document(id).get());
        return document.exists() ? target(document) : Optional.empty();
    }

    @Override
    public Target save(Target target) {
        DocumentReference reference = collection().document(target.id());
        return connection.await("save a target", connection.reading().runTransaction(transaction -> {
            Target saved = target.changed(storedVersion(transaction, reference) + 1, target.updatedAt());
            transaction.set(reference, TargetDocument.of(saved, vault));
            return saved;
        }));
    }

    @Override
    public boolean restore(Target target) {
        DocumentReference reference = collection().document(target.id());
        return connection.await("restore a target", connection.reading().runTransaction(transaction -> {
            boolean newer = storedVersion(transaction, reference) < target.version();
            if (newer) {
                transaction.set(reference, TargetDocument.of(target, vault));
            }
            return newer;
        }));
    }

    private static long storedVersion(Transaction transaction, DocumentReference reference)
            throws ExecutionException, InterruptedException {
        Object version = transaction.get(reference).get().get("version");
        return version instanceof Long number ? number : 0;
    }

    @Override
    public boolean delete(String id) {
        DocumentReference reference = collection().document(id);
        return connection.await("delete a target", connection.reading().runTransaction(transaction -> {
            boolean exists = transaction.get(reference).get().exists();
            if (exists) {
                transaction.delete(reference);
            }
            return exists;
        }));
    }

    @Override
    public TargetChanges changesSince(long position) {
        return log.since(position);
    }

    private CollectionReference collection() {
        return connection.reading().collection(FirestoreDocuments.TARGETS);
    }

    private Optional<Target> target(DocumentSnapshot document) {
        try {
            Target target = TargetDocument.read(document, vault);
            report(document, null);
            return Optional.of(target);
        } catch (InvalidTargetException e) {
            report(document, e.reason());
            return Optional.empty();
        }
    }

    /** Writes the problem where it is another than the one that is there; a document that has gone meanwhile stays so. */
    private void report(DocumentSnapshot document, @Nullable String problem) {
        Object reported = document.get(TargetDocument.PROBLEM);
        if (problem == null ? !document.contains(TargetDocument.PROBLEM) : problem.equals(reported)) {
            return;
        }
        Object value = problem == null ? FieldValue.delete() : problem;
        var unused = document.getReference().update(Map.of(TargetDocument.PROBLEM, value));
    }
}
