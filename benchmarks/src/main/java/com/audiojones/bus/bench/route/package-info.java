/** Measures the router beside a loop that only reads, decodes, encodes and writes. */
@NullMarked
package com.audiojones.bus.bench.route;

import org.jspecify.annotations.NullMarked;
