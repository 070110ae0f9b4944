/** Sending a stored event once more. */
@NullMarked
package com.audiojones.bus.admin.replay;

import org.jspecify.annotations.NullMarked;
