package com.audiojones.bus.testkit.store;

import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.ReplayWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the writes themselves, the slow and obvious way. */
final class Recount {

    private final Set<String> events = new HashSet<>();
    private final FailureRecount failures = new FailureRecount();

    Recount(Collection<StoreWrite> writes) {
        for (StoreWrite write : writes) {
            switch (write) {
                case EventWrite event -> events.add(event.headers().eventId().value());
                case DeliveryWrite delivery -> failures.add(delivery.delivery());
                case DeadLetterWrite letter -> failures.add(letter);
                case QuarantineWrite _, StatusWrite _, StatsWrite _, ReplayWrite _ -> {}
            }
        }
    }

    /** The ids of those a target lacks. */
    List<String> failed(Failures which) {
        return failures.failed(which).filter(events::contains).toList();
    }
}
