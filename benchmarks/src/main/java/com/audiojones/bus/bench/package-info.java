/** The benchmarks: suites that measure the bus beside what it is made of, in the same run. */
@NullMarked
package com.audiojones.bus.bench;

import org.jspecify.annotations.NullMarked;
