/** How suites measure: where, at which pace, and what is compared with what. */
@NullMarked
package com.audiojones.bus.bench.measure;

import org.jspecify.annotations.NullMarked;
