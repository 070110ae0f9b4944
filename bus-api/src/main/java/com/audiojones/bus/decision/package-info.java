/** What the router decided, counted: the records of {@code bus.decisions}. */
@NullMarked
package com.audiojones.bus.decision;

import org.jspecify.annotations.NullMarked;
