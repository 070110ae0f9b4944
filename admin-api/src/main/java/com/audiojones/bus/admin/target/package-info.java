/** Targets as people keep them: made, listed, deleted, in force before the answer. */
@NullMarked
package com.audiojones.bus.admin.target;

import org.jspecify.annotations.NullMarked;
