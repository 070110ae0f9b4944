/** A receiver that keeps up, in a process of its own, and the way to ask it what arrived. */
@NullMarked
package com.audiojones.bus.bench.receiver;

import org.jspecify.annotations.NullMarked;
