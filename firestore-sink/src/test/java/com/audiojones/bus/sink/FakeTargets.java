package com.audiojones.bus.sink;

import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetPublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;

/** A store of targets and the topic they are published to, both in memory. */
final class FakeTargets implements TargetStore, TargetPublisher {

    private final Map<String, Target> stored = new LinkedHashMap<>();
    private final List<String> changes = new ArrayList<>();

    /** What was written to the topic: {@code id}, {@code -id} for a deletion, {@code feed <marker>}. */
    final List<String> written = new ArrayList<>();

    /** The target whose publication fails. */
    String unpublishable = "";

    boolean storeAway;

    @Override
    public List<Target> all() {
        answer();
        return List.copyOf(stored.values());
    }

    @Override
    public Optional<Target> byId(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public Target save(Target target) {
        stored.put(target.id(), target);
        changes.add(target.id());
        return target;
    }

    @Override
    public long count() {
        throw new UnsupportedOperationException("the sink counts nothing");
    }

    @Override
    public boolean restore(Target target) {
        throw new UnsupportedOperationException("the sink restores nothing");
    }

    @Override
    public boolean delete(String id) {
        changes.add(id);
        return stored.remove(id) != null;
    }

    @Override
    public TargetChanges changesSince(long position) {
        answer();
        Set<String> ids = changes.stream().skip(position).collect(Collectors.toSet());
        return new TargetChanges(ids, changes.size());
    }

    @Override
    public void publish(Target target) {
        if (target.id().equals(unpublishable)) {
            throw new TimeoutException("no broker answers");
        }
        written.add(target.id());
    }

    @Override
    public void publishDeletion(String id) {
        written.add("-" + id);
    }

    @Override
    public void publishFeedMarker(String marker) {
        written.add("feed " + marker);
    }

    private void answer() {
        if (storeAway) {
            throw new StoreUnavailableException("store: could not answer", new IOException("away"));
        }
    }
}
