package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.testkit.FirestoreEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against Google's emulator. */
class BatchWritesIT {

    private final FirestoreConnection connection = FirestoreConnection.open(new FirestoreStoreSettings(
                    "batch-writes", "(default)", FirestoreEmulator.shared().host(), null, 1, Duration.ofDays(1))
            .options());
    private final List<String> refused = new ArrayList<>();
    private final BatchWrites batches = new BatchWrites(
            connection,
            new WriteRamp(false, System::nanoTime),
            (document, reason) -> refused.add(document.id() + ": " + reason));

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void whatIsRefusedForGoodIsFoundAndAllElseIsWritten() {
        List<FirestoreDocument> documents = new ArrayList<>(IntStream.range(0, 1_200)
                .mapToObj(i -> new FirestoreDocument(
                        "some", "d" + i, new Values().text("a", "b").fields(), List.of("a")))
                .toList());
        for (String id : List.of("bad-1", "bad-2")) {
            documents.add(
                    documents.size() / 3,
                    new FirestoreDocument(
                            "some", id, new Values().text("__a__", "b").fields(), List.of()));
        }

        batches.write(documents, List.of());

        assertThat(refused).hasSize(2).allMatch(text -> text.startsWith("bad-") && text.contains("__a__"));
        assertThat(connection
                        .await(
                                "count",
                                connection.reading().collection("some").count().get())
                        .getCount())
                .isEqualTo(1_200);
    }
}
