package com.audiojones.bus.admin;

import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Targets in memory. */
final class FakeTargets implements TargetStore {

    private final Runnable answer;

    /** @param answer runs before every call, and fails it where the store is away */
    FakeTargets(Runnable answer) {
        this.answer = answer;
    }

    private final Map<String, Target> byId = new LinkedHashMap<>();

    @Override
    public synchronized List<Target> all() {
        answer.run();
        return new ArrayList<>(byId.values());
    }

    @Override
    public synchronized Optional<Target> byId(String id) {
        answer.run();
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Target save(Target target) {
        answer.run();
        Target old = byId.get(target.id());
        Target saved = target.changed(old == null ? 1 : old.version() + 1, target.updatedAt());
        byId.put(saved.id(), saved);
        return saved;
    }

    @Override
    public long count() {
        throw new UnsupportedOperationException("no route counts");
    }

    @Override
    public boolean restore(Target target) {
        throw new UnsupportedOperationException("no route restores");
    }

    @Override
    public synchronized boolean delete(String id) {
        answer.run();
        return byId.remove(id) != null;
    }

    @Override
    public TargetChanges changesSince(long position) {
        return new TargetChanges(Set.of(), position);
    }
}
