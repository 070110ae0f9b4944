/** How fast the mirror is written, beside bare loops that write the same. */
@NullMarked
package com.audiojones.bus.bench.store;

import org.jspecify.annotations.NullMarked;
