package com.audiojones.bus.publish;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls code of users that must not do harm. Stateless. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private Listeners() {}

    static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed: {}", e.toString());
        }
    }
}
