package com.audiojones.bus.store.firestore;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.PageCursor;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.time.IsoMillis;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reading of what became of events: deliveries, dead letters, quarantine, replays. */
final class DeliveryQueries {

    private static final Comparator<StoredDelivery> IN_ORDER = Comparator.comparing(StoredDelivery::timestamp)
            .thenComparing(StoredDelivery::targetId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(StoredDelivery::replayId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(StoredDelivery::requestNo);

    private final FirestoreConnection connection;
    private final FirestoreQueries queries;

    DeliveryQueries(FirestoreConnection connection) {
        this.connection = connection;
        this.queries = new FirestoreQueries(connection.reading());
    }

    List<StoredDelivery> ofEvent(String eventId) {
        return connection.await("list deliveries", queries.deliveries(eventId).get()).getDocuments().stream()
                .map(DeliveryQueries::delivery)
                .sorted(IN_ORDER)
                .toList();
    }

    Page<StoredDeadLetter> deadLetters(String targetId, int limit, @Nullable PageCursor after) {
        return page(
                "list dead letters",
                queries.newestDeadLetters(targetId),
                "timestamp",
                limit,
                after,
                DeliveryQueries::deadLetter);
    }

    Page<QuarantineWrite> quarantined(int limit, @Nullable PageCursor after) {
        return page(
                "list quarantine",
                queries.newestQuarantined(),
                "timestamp",
                limit,
                after,
                DeliveryQueries::quarantined);
    }

    Page<StoredReplay> replays(int limit, @Nullable PageCursor after) {
        return page("list replays", queries.newestReplays(), "started_at", limit, after, DeliveryQueries::replay);
    }

    Optional<StoredReplay> replay(String id) {
        DocumentSnapshot document = connection.await(
                "read a replay",
                connection
                        .reading()
                        .collection(FirestoreDocuments.REPLAYS)
                        .document(DocumentIds.of(id))
                        .get());
        return document.exists() ? Optional.of(replay(document)) : Optional.empty();
    }

    private <T> Page<T> page(
            String what,
            Query query,
            String time,
            int limit,
            @Nullable PageCursor after,
            Function<DocumentSnapshot, T> item) {
        Query part = query.limit(limit + 1);
        if (after != null) {
            part = part.startAfter(IsoMillis.format(Instant.ofEpochMilli(after.at())), after.id());
        }
        List<? extends DocumentSnapshot> found =
                connection.await(what, part.get()).getDocuments();
        List<T> items = new ArrayList<>();
        found.stream().limit(limit).map(item).forEach(items::add);
        if (found.size() <= limit) {
            return new Page<>(items, null);
        }
        DocumentSnapshot last = found.get(limit - 1);
        return new Page<>(items, new PageCursor(time(last, time).toEpochMilli(), last.getId()).toString());
    }

    static StoredDelivery delivery(DocumentSnapshot document) {
        String next = document.getString("next_attempt_at");
        return new StoredDelivery(
                text(document, "event_id"),
                DeliveryKind.ofLabel(text(document, "outcome")),
                document.getString("target_id"),
                document.getString("replay_id"),
                document.getString("url"),
                number(document, "request_no"),
                number(document, "attempt"),
                number(document, "matched"),
                numberOrNull(document, "status"),
                document.getLong("response_time_ms"),
                document.getString("error"),
                document.getString("error_message"),
                document.getString("response_excerpt"),
                time(document, "timestamp"),
                next == null ? null : IsoMillis.parse(next));
    }

    static StoredDeadLetter deadLetter(DocumentSnapshot document) {
        return new StoredDeadLetter(
                text(document, "event_id"),
                text(document, "target_id"),
                document.getString("replay_id"),
                text(document, "event_type"),
                text(document, "url"),
                DeadLetterReason.valueOf(text(document, "reason").toUpperCase(Locale.ROOT)),
                text(document, "last_error"),
                numberOrNull(document, "last_status"),
                number(document, "attempts"),
                time(document, "timestamp"));
    }

    static QuarantineWrite quarantined(DocumentSnapshot document) {
        QuarantineRecord record = new QuarantineRecord(
                text(document, "reason"),
                text(document, "stage"),
                text(document, "topic"),
                number(document, "partition"),
                Objects.requireNonNullElse(document.getLong("offset"), 0L),
                time(document, "appended_at").toEpochMilli(),
                number(document, "value_bytes"),
                text(document, "value_sha256"));
        return new QuarantineWrite(
                record, document.getString("key_base64"), text(document, "value_base64"), time(document, "timestamp"));
    }

    static StoredReplay replay(DocumentSnapshot document) {
        String since = document.getString("failed_since");
        return new StoredReplay(
                text(document, "replay_id"),
                document.getString("event_id"),
                document.getString("target_id"),
                since == null ? null : IsoMillis.parse(since),
                StoredReplay.State.valueOf(text(document, "state").toUpperCase(Locale.ROOT)),
                number(document, "written"),
                number(document, "total"),
                time(document, "started_at"),
                time(document, "changed_at"),
                document.getString("problem"));
    }

    private static String text(DocumentSnapshot document, String field) {
        return Objects.requireNonNullElse(document.getString(field), "");
    }

    private static Instant time(DocumentSnapshot document, String field) {
        return IsoMillis.parse(text(document, field));
    }

    private static int number(DocumentSnapshot document, String field) {
        return Objects.requireNonNullElse(numberOrNull(document, field), 0);
    }

    private static @Nullable Integer numberOrNull(DocumentSnapshot document, String field) {
        Long number = document.getLong(field);
        return number == null ? null : number.intValue();
    }
}
