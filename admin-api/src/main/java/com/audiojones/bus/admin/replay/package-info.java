/** Sending stored events once more: one, or all that failed for a target. */
@NullMarked
package com.audiojones.bus.admin.replay;

import org.jspecify.annotations.NullMarked;
