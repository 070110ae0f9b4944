package com.audiojones.bus.sink;

import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetPublisher;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.time.IsoMillis;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries the store's targets over to the topic: all of them once, then each change. A step that fails in the middle is
 * done again from its beginning, which writes some targets twice and loses none. One thread.
 */
final class TargetSync {

    private final TargetStore store;
    private final TargetPublisher topic;
    private final TargetVault vault;
    private final boolean removalConfirmed;
    private final Clock clock;

    /** The ids of the ordinary targets that are in force. */
    private final Set<String> ordinary = new HashSet<>();

    /** When each hidden target expires, by id. */
    private final Map<String, Instant> hidden = new HashMap<>();

    private long position;

    TargetSync(TargetStore store, TargetPublisher topic, boolean removalConfirmed, Clock clock, TargetVault vault) {
        this.vault = vault;
        this.store = store;
        this.topic = topic;
        this.removalConfirmed = removalConfirmed;
        this.clock = clock;
    }

    /**
     * Makes the targets in force those of the store, and says so in the topic at the end. The change log's position is
     * taken before the targets are read, so that no change falls in between.
     *
     * @param inForce the topic's values by target id
     * @return why nothing was done, empty when all was
     */
    Optional<String> reconcile(Map<String, byte[]> inForce) throws InterruptedException {
        position = store.changesSince(0).position();
        List<Target> stored = withoutExpired(store.all());
        ReconcilePlan plan = ReconcilePlan.of(inForce, stored, vault);
        if (plan.refusal().isPresent() && !removalConfirmed) {
            return plan.refusal();
        }
        for (Target target : plan.changed()) {
            topic.publish(target);
        }
        for (String id : plan.gone()) {
            topic.publishDeletion(id);
        }
        hidden.clear();
        ordinary.clear();
        stored.forEach(this::watch);
        topic.publishFeedMarker(
                "{\"reconciled_at\":\"" + IsoMillis.format(clock.instant()) + "\",\"targets\":" + stored.size() + "}");
        return Optional.empty();
    }

    /**
     * Publishes what changed since the last step, and has the store drop hidden targets whose time is over.
     *
     * @return false: nothing was published, as so many targets have gone that a reconcile has to decide
     */
    boolean follow() throws InterruptedException {
        Instant now = clock.instant();
        hidden.entrySet().removeIf(entry -> !entry.getValue().isAfter(now) && deleted(entry.getKey()));
        TargetChanges changes = store.changesSince(position);
        Map<String, Optional<Target>> changed = new HashMap<>();
        changes.ids().forEach(id -> changed.put(id, store.byId(id)));
        long lost = ordinary.stream()
                .filter(id -> changed.containsKey(id) && changed.get(id).isEmpty())
                .count();
        // One that goes alone was deleted, though it was the last.
        if (lost > 1 && ReconcilePlan.isTooMuch((int) lost, ordinary.size())) {
            return false;
        }
        for (Map.Entry<String, Optional<Target>> change : changed.entrySet()) {
            publish(change.getKey(), change.getValue());
        }
        position = changes.position();
        return true;
    }

    private void publish(String id, Optional<Target> target) throws InterruptedException {
        if (target.isPresent()) {
            topic.publish(target.get());
            watch(target.get());
        } else {
            topic.publishDeletion(id);
            hidden.remove(id);
            ordinary.remove(id);
        }
    }

    private List<Target> withoutExpired(List<Target> all) {
        Instant now = clock.instant();
        List<Target> kept = new ArrayList<>();
        for (Target target : all) {
            Instant expiry = target.expiresAt();
            if (expiry != null && !expiry.isAfter(now)) {
                deleted(target.id());
            } else {
                kept.add(target);
            }
        }
        return kept;
    }

    private void watch(Target target) {
        Instant expiry = target.expiresAt();
        if (expiry != null) {
            hidden.put(target.id(), expiry);
        } else {
            ordinary.add(target.id());
        }
    }

    /** {@return true: whoever deleted it, it is gone} */
    private boolean deleted(String id) {
        store.delete(id);
        return true;
    }
}
