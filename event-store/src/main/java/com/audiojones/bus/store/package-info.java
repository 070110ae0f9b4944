/** The event store's port: what the sink writes, what the admin API reads, and the targets. */
@NullMarked
package com.audiojones.bus.store;

import org.jspecify.annotations.NullMarked;
