/** What became of a delivery: outcome records and dead letters. */
@NullMarked
package com.audiojones.bus.delivery;

import org.jspecify.annotations.NullMarked;
