/** Subscribing to events from Java: handlers, their retries and their dead letters. */
@NullMarked
package com.audiojones.bus.subscribe;

import org.jspecify.annotations.NullMarked;
