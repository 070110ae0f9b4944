/** What publishing from Java costs. */
@NullMarked
package com.audiojones.bus.bench.publish;

import org.jspecify.annotations.NullMarked;
