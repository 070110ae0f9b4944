/** A real Kafka broker and controller inside this JVM, for one machine. */
@NullMarked
package com.audiojones.bus.broker;

import org.jspecify.annotations.NullMarked;
