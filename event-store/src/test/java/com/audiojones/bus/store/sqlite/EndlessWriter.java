package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.store.StoreWrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that writes batch after batch and prints the id of each batch's last event once the batch is written. */
final class EndlessWriter {

    static final int BATCH = 500;

    private EndlessWriter() {}

    public static void main(String[] arguments) {
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(arguments[0]))) {
            for (int batch = 0; ; batch++) {
                store.write(events(batch));
                System.out.println(id(batch, BATCH - 1));
            }
        }
    }

    static String id(int batch, int n) {
        return "evt_%d_%d".formatted(batch, n);
    }

    private static List<StoreWrite> events(int batch) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int n = 0; n < BATCH; n++) {
            writes.add(Samples.event(id(batch, n)));
            writes.add(Samples.delivered(id(batch, n)));
        }
        return writes;
    }
}
