/** Where the process starts. */
@NullMarked
package com.audiojones.bus.launcher;

import org.jspecify.annotations.NullMarked;
