package com.audiojones.bus.sink;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.firestore.FirestoreEventStore;
import com.audiojones.bus.store.firestore.FirestoreStoreSettings;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A sink in a process of its own, to be killed: bootstrap servers, and a SQLite file or an emulator's host and port. */
final class SinkProcess {

    private SinkProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        KafkaSettings kafka = new KafkaSettings(arguments[0], Map.of());
        SinkService sink = new SinkService(
                new SinkSettings(1000, false, Duration.ofDays(90)),
                kafka,
                store(arguments[1]),
                new SimpleMeterRegistry());
        sink.start();
        System.out.println("started");
        Thread.sleep(Duration.ofMinutes(30));
    }

    static EventStore store(String place) {
        return place.startsWith("127.0.0.1:")
                ? FirestoreEventStore.open(
                        new FirestoreStoreSettings("kills", "(default)", place, null, 2, Duration.ofDays(1)))
                : SqliteEventStore.open(Path.of(place));
    }
}
