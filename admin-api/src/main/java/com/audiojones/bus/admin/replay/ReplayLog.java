package com.audiojones.bus.admin.replay;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoredReplay;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the store how far replays have come. That it cannot be noted now and then stops no replay. */
final class ReplayLog {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayLog.class);

    private final EventStore store;

    ReplayLog(EventStore store) {
        this.store = store;
    }

    void note(StoredReplay replay) {
        try {
            store.write(List.of(new ReplayWrite(replay)));
        } catch (StoreUnavailableException e) {
            LOG.warn("replay {} could not be noted: {}", replay.id(), e.getMessage());
        }
    }
}
