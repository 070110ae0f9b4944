/** What a suite found: figures beside their ceilings, as JSON and as a table. */
@NullMarked
package com.audiojones.bus.bench.report;

import org.jspecify.annotations.NullMarked;
