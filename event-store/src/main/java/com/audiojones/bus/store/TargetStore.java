package com.audiojones.bus.store;

import com.audiojones.bus.target.Target;
import java.util.List;
import java.util.Optional;

/** The targets: the source of truth that the target feed publishes. Same rules as {@link EventStore}. */
public interface TargetStore {

    /** {@return every target, hidden ones included, by time of creation; documents that are no valid targets are left out} */
    List<Target> all();

    /** {@return how many documents there are, those that are no valid targets included} */
    long count();

    /**
     * {@return one target, empty if there is none of that id}
     *
     * @param id the target's id
     */
    Optional<Target> byId(String id);

    /**
     * Creates or replaces a target. Durable when it returns.
     *
     * @param target the target; its version is ignored
     * @return the target with the version it got: one more than the stored one's, 1 for a new one
     */
    Target save(Target target);

    /**
     * Puts a target of another store as it is, its version included, unless there is one of that id with as high a version.
     * Durable when it returns.
     *
     * @param target the target
     * @return whether it was put
     */
    boolean restore(Target target);

    /**
     * Deletes a target. Durable when it returns.
     *
     * @param id the target's id
     * @return whether there was one
     */
    boolean delete(String id);

    /**
     * {@return the ids of targets saved or deleted after a point of the change log, and the point reached; at most one
     * entry per id. A change, whoever made it, is in the log within two seconds}
     *
     * @param position where the last call ended, 0 for the beginning
     */
    TargetChanges changesSince(long position);
}
