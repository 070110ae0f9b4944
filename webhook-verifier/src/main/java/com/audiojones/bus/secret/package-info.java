/** Text that is kept out of logs. */
@NullMarked
package com.audiojones.bus.secret;

import org.jspecify.annotations.NullMarked;
