/** Matching, delivering, and what becomes of each pair of event and target. */
@NullMarked
package com.audiojones.bus.dispatcher.deliver;

import org.jspecify.annotations.NullMarked;
