package com.audiojones.bus.testkit.store;

import com.audiojones.bus.store.EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of {@link EventStore}, to be extended by one test class per implementation. No rule depends on which
 * implementation it is.
 */
public abstract class EventStoreContract
        implements EventRules,
                PagingRules,
                FilterRules,
                ListRules,
                HistoryRules,
                CounterRules,
                StatsRules,
                FailureRules,
                TargetRules {

    private @Nullable EventStore store;

    /** For the test class of an implementation. */
    protected EventStoreContract() {}

    /** {@return a store without any document; closed by the contract} */
    protected abstract EventStore openEmpty();

    @BeforeEach
    final void open() {
        store = openEmpty();
    }

    @AfterEach
    final void close() {
        store().close();
    }

    @Override
    public final EventStore store() {
        if (store == null) {
            throw new IllegalStateException("no test is running");
        }
        return store;
    }
}
