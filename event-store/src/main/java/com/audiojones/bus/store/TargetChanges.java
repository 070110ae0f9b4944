package com.audiojones.bus.store;

import java.util.Set;

/**
 * What changed among the targets.
 *
 * @param ids targets that were saved or deleted
 * @param position where to go on from
 */
public record TargetChanges(Set<String> ids, long position) {

    /** Copies the set in. */
    public TargetChanges {
        ids = Set.copyOf(ids);
    }
}
