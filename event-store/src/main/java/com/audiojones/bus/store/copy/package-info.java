/** Copies one event store into another, whatever they are, and shows that nothing is missing. */
@NullMarked
package com.audiojones.bus.store.copy;

import org.jspecify.annotations.NullMarked;
