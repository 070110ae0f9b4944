/** The commands of {@code ajbus}. */
@NullMarked
package com.audiojones.bus.launcher.cli;

import org.jspecify.annotations.NullMarked;
