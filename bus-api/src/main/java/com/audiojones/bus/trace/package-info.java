/** W3C trace context between records and OpenTelemetry, where its API is on the class path. */
@NullMarked
package com.audiojones.bus.trace;

import org.jspecify.annotations.NullMarked;
