/** The targets in force, as read from Kafka. */
@NullMarked
package com.audiojones.bus.dispatcher.target;

import org.jspecify.annotations.NullMarked;
