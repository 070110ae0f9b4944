/** Times as headers and records of the bus have them. */
@NullMarked
package com.audiojones.bus.time;

import org.jspecify.annotations.NullMarked;
