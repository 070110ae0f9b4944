/** What every suite is and gets. */
@NullMarked
package com.audiojones.bus.bench.suite;

import org.jspecify.annotations.NullMarked;
