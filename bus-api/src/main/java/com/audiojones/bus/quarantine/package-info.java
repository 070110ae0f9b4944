/** Records that could not be used, kept raw with the reason. */
@NullMarked
package com.audiojones.bus.quarantine;

import org.jspecify.annotations.NullMarked;
