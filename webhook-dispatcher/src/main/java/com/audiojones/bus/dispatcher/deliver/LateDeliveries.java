package com.audiojones.bus.dispatcher.deliver;

import java.util.LinkedHashSet;

/**
 * Pairs that were delivered after a copy of them had been written to a retry topic: where the copy comes back to this
 * process, it is not sent again. Holds the last of them. Engine thread only.
 */
final class LateDeliveries {

    private static final int MOST = 10_000;

    private final LinkedHashSet<String> identities = new LinkedHashSet<>();

    void add(String identity) {
        identities.add(identity);
        if (identities.size() > MOST) {
            identities.removeFirst();
        }
    }

    /** Whether the pair was delivered late; it is forgotten then. */
    boolean remove(String identity) {
        return identities.remove(identity);
    }
}
