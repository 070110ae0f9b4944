/** What keeps a target in trouble from hurting itself or others: breaker, concurrency, rate. */
@NullMarked
package com.audiojones.bus.dispatcher.gate;

import org.jspecify.annotations.NullMarked;
