package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.stats.Counts;
import com.audiojones.bus.stats.LatencyHistogram;
import com.audiojones.bus.stats.Measure;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.stats.StatsKey;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoredReplay;
import com.audiojones.bus.store.copy.CopyProgress;
import com.audiojones.bus.store.copy.StoreCopy;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that is in a store can be taken out of it and put into any other. */
interface CopyRules extends StoreRules {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 500})
    default void aDumpIsWhatWasWritten(int limit) throws InvalidCursorException {
        SampleEvent event = SampleEvent.of("evt_1");
        SampleEvent replay = event.replayedAs("replay_1");
        List<StoreWrite> writes = List.of(
                event.event(),
                event.status(2, 1, 1),
                SampleEvent.of("evt_2").event(),
                SampleEvent.of("evt_3").status(1, 0, 0),
                event.delivery(DeliveryKind.DELIVERED, "t1"),
                replay.delivery(DeliveryKind.ATTEMPT_FAILED, "t1"),
                SampleEvent.of("evt_2").unmatched(),
                event.deadLetter("t2", SampleEvent.TIME),
                replay.deadLetter("t2", SampleEvent.TIME),
                RandomHistory.quarantined(1, SampleEvent.TIME),
                new ReplayWrite(HistoryRules.replay("replay_1", SampleEvent.TIME)),
                bucket("audit.user", "login", Priority.P2, null),
                bucket(
                        "audit.user",
                        "logout",
                        Priority.P3,
                        LatencyHistogram.NONE.with(5, 1).with(70, 2)),
                new StatsWrite(new StatsBucket(
                        StatsKey.pairs(SampleEvent.TIME.plusSeconds(60), true, "t1"),
                        Counts.of(Map.of(Measure.DELIVERED, 7L)),
                        null)));
        store().write(writes);

        List<String> dumped = new ArrayList<>();
        for (StorePart part : StorePart.values()) {
            String cursor = null;
            do {
                Page<StoreWrite> page = store().dump(part, limit, cursor);
                page.items().forEach(write -> dumped.add(text(write)));
                cursor = page.next();
            } while (cursor != null);
        }

        assertThat(dumped)
                .containsExactlyInAnyOrderElementsOf(
                        writes.stream().map(CopyRules::text).toList());
    }

    @Test
    default void aHistoryIsCopiedThereAndBack(@TempDir Path directory) {
        List<String> reports = new ArrayList<>();
        try (EventStore source = SqliteEventStore.open(directory.resolve("source.db"));
                EventStore back = SqliteEventStore.open(directory.resolve("back.db"))) {
            source.write(new RandomHistory(7).writes());
            source.targets().save(TargetRules.target("t1", 0));
            source.targets().save(TargetRules.target("t1", 0));

            CopyProgress progress = new CopyProgress(directory.resolve("progress"), "a copy");
            assertThat(new StoreCopy(source, store(), progress, reports::add).run())
                    .isEmpty();
            assertThat(new StoreCopy(store(), back, progress, reports::add).run())
                    .isEmpty();

            assertThat(back.targets().all()).isEqualTo(source.targets().all());
            assertThat(back.targets().all().getFirst().version()).isEqualTo(2);
            assertThat(Documents.all(back)).isEqualTo(Documents.all(source));
        }
        assertThat(reports).contains("targets: 1 copied").anyMatch(line -> line.contains("in both, checksum"));
    }

    @Test
    default void aCopySetsNothingBackThatIsThere() {
        SampleEvent known = SampleEvent.of("evt_1");
        SampleEvent halfKnown = SampleEvent.of("evt_2");
        SampleEvent unknown = SampleEvent.of("evt_3");
        StoredReplay running = HistoryRules.replay("replay_1", SampleEvent.TIME);
        StoredReplay done = running.changed(StoredReplay.State.DONE, 30, SampleEvent.TIME.plusSeconds(5), null);
        StatsWrite newer = bucket("audit.user", "login", Priority.P2, LatencyHistogram.NONE.with(5, 9));
        write(known.event(), known.status(2, 2, 0), halfKnown.event(), new ReplayWrite(done), newer);

        store().restore(List.of(
                known.event(),
                known.status(2, 0, 0),
                halfKnown.status(1, 1, 0),
                unknown.event(),
                unknown.status(1, 0, 1),
                new ReplayWrite(running),
                bucket("audit.user", "login", Priority.P2, null),
                bucket("audit.user", "logout", Priority.P2, null)));

        assertThat(stored("evt_1").deliverySuccess()).isEqualTo(2);
        assertThat(stored("evt_2").deliverySuccess()).isEqualTo(1);
        assertThat(stored("evt_3").deliveryFailed()).isEqualTo(1);
        assertThat(store().replay("replay_1")).contains(done);
        assertThat(dumped(StorePart.STATS))
                .containsExactlyInAnyOrder(text(newer), text(bucket("audit.user", "logout", Priority.P2, null)));
    }

    private List<String> dumped(StorePart part) {
        try {
            return store().dump(part, 500, null).items().stream()
                    .map(CopyRules::text)
                    .toList();
        } catch (InvalidCursorException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void aTargetIsRestoredWithItsVersionUnlessThereIsOneAsNew() {
        store().targets().save(TargetRules.target("t1", 0));
        Target third = TargetRules.target("t1", 0).changed(3, SampleEvent.TIME);

        assertThat(store().targets().restore(third)).isTrue();
        assertThat(store().targets().restore(third)).isFalse();
        assertThat(store().targets().restore(TargetRules.target("t1", 0).changed(2, SampleEvent.TIME)))
                .isFalse();

        assertThat(store().targets().byId("t1")).contains(third);
    }

    @Test
    default void aDumpRefusesWhatIsNoCursor() {
        assertThatThrownBy(() -> store().dump(StorePart.EVENTS, 10, "x")).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> store().dump(StorePart.EVENTS, 501, null))
                .hasMessage("limit: expected 1 to 500, got 501");
    }

    private static StatsWrite bucket(String topic, String type, Priority priority, @Nullable LatencyHistogram latency) {
        StatsKey key = StatsKey.events(SampleEvent.TIME, false, topic, type, priority);
        return new StatsWrite(new StatsBucket(key, Counts.of(Map.of(Measure.ROUTED, 3L)), latency));
    }

    private static String text(StoreWrite write) {
        return write instanceof StatsWrite(StatsBucket bucket)
                ? new String(bucket.toJson(), StandardCharsets.UTF_8)
                : write.toString();
    }
}
