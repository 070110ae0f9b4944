/** The processes beside the one that is measured. */
@NullMarked
package com.audiojones.bus.bench.process;

import org.jspecify.annotations.NullMarked;
