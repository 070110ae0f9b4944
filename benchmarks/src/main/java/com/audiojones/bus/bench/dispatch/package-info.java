/** The suites about the dispatcher. */
@NullMarked
package com.audiojones.bus.bench.dispatch;

import org.jspecify.annotations.NullMarked;
