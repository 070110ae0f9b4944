/** The event bus as applications see it: begin with {@link com.audiojones.bus.EventBus}. */
@NullMarked
package com.audiojones.bus;

import org.jspecify.annotations.NullMarked;
