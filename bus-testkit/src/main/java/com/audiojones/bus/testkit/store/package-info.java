/** The contract that every event store passes, as tests: extend {@code EventStoreContract}. */
@NullMarked
package com.audiojones.bus.testkit.store;

import org.jspecify.annotations.NullMarked;
