package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetVault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TargetSyncTest {

    private static final String MARKER = "feed {\"reconciled_at\":\"2026-11-21T10:30:00.000Z\",\"targets\":%d}";

    private final FakeTargets targets = new FakeTargets();
    private Instant now = Targets.TIME;
    private final TargetSync sync = sync(false);

    @Test
    void aReconcileWritesWhatDiffersAndThenTheMarker() throws InterruptedException {
        targets.save(Targets.target("same"));
        targets.save(Targets.target("new"));

        assertThat(sync.reconcile(inForce(Targets.target("same"), Targets.target("gone"))))
                .isEmpty();

        assertThat(targets.written).containsExactly("new", "-gone", MARKER.formatted(2));
    }

    @Test
    void theMarkerIsWrittenThoughThereAreNoTargets() throws InterruptedException {
        assertThat(sync.reconcile(Map.of())).isEmpty();

        assertThat(targets.written).containsExactly(MARKER.formatted(0));
    }

    @Test
    void aRefusedReconcileWritesNothing() throws InterruptedException {
        targets.save(Targets.target("new"));

        assertThat(sync.reconcile(inForce(Targets.target("t1")))).isPresent();

        assertThat(targets.written).isEmpty();
    }

    @Test
    void aConfirmedReconcileRemovesAll() throws InterruptedException {
        assertThat(sync(true).reconcile(inForce(Targets.target("t1")))).isEmpty();

        assertThat(targets.written).containsExactly("-t1", MARKER.formatted(0));
    }

    @Test
    void changesAreFollowedOnce() throws InterruptedException {
        targets.save(Targets.target("t0"));
        sync.reconcile(inForce(Targets.target("t0")));
        targets.written.clear();

        targets.save(Targets.target("t1"));
        targets.delete("t0");
        sync.follow();
        sync.follow();

        assertThat(targets.written).containsExactlyInAnyOrder("t1", "-t0");
    }

    /** As a store that was emptied, or an emulator that was started anew, looks to who follows it. */
    @Test
    void nothingIsFollowedWhereAllTargetsHaveGoneAtOnce() throws InterruptedException {
        targets.save(Targets.target("t0"));
        targets.save(Targets.target("t1"));
        sync.reconcile(Map.of());
        targets.written.clear();

        targets.delete("t0");
        targets.delete("t1");

        assertThat(sync.follow()).isFalse();
        assertThat(targets.written).isEmpty();
        assertThat(sync.reconcile(inForce(Targets.target("t0"), Targets.target("t1"))))
                .isPresent();
        assertThat(sync.reconcile(Map.of())).isEmpty();
        assertThat(sync.follow()).isTrue();
    }

    @Test
    void aStepThatFailsInTheMiddleIsDoneAgain() throws InterruptedException {
        sync.reconcile(Map.of());
        targets.written.clear();
        targets.save(Targets.target("t1"));
        targets.save(Targets.target("t2"));
        targets.unpublishable = "t2";

        assertThatThrownBy(sync::follow).isInstanceOf(KafkaException.class);
        targets.unpublishable = "";
        sync.follow();

        assertThat(targets.written).contains("t1", "t2");
    }

    @Test
    void anOutageOfTheStoreLosesNoChange() throws InterruptedException {
        sync.reconcile(Map.of());
        targets.save(Targets.target("t1"));
        targets.storeAway = true;

        assertThatThrownBy(sync::follow).isInstanceOf(StoreUnavailableException.class);
        targets.storeAway = false;
        sync.follow();

        assertThat(targets.written).last().isEqualTo("t1");
    }

    @Test
    void aHiddenTargetIsDroppedWhenItsTimeIsOver() throws InterruptedException {
        Target early = targets.save(Targets.hidden("early", Targets.TIME.plusSeconds(10)));
        sync.reconcile(inForce(early));
        targets.save(Targets.hidden("late", Targets.TIME.plusSeconds(20)));
        sync.follow();
        targets.written.clear();

        now = Targets.TIME.plusSeconds(10);
        sync.follow();
        assertThat(targets.written).containsExactly("-early");

        now = Targets.TIME.plus(Duration.ofSeconds(20));
        sync.follow();
        assertThat(targets.written).containsExactly("-early", "-late");
        assertThat(targets.all()).isEmpty();
    }

    @Test
    void aHiddenTargetThatExpiredWhileNobodyLookedGoesWithTheReconcile() throws InterruptedException {
        Target hidden = targets.save(Targets.hidden("h1", Targets.TIME));

        assertThat(sync.reconcile(inForce(hidden))).isEmpty();

        assertThat(targets.written).containsExactly("-h1", MARKER.formatted(0));
        assertThat(targets.all()).isEmpty();
    }

    private TargetSync sync(boolean confirmed) {
        InstantSource time = () -> now;
        return new TargetSync(targets, targets, confirmed, time.withZone(ZoneOffset.UTC), TargetVault.CLEAR);
    }

    private static Map<String, byte[]> inForce(Target... all) {
        Map<String, byte[]> topic = new HashMap<>();
        for (Target target : all) {
            topic.put(target.id(), TargetCodec.toJson(target));
        }
        return topic;
    }
}
