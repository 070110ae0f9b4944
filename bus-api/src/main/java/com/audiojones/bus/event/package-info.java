/** What publishers write: both event families, their names, ids, priorities, and the strict codec that reads them. */
@NullMarked
package com.audiojones.bus.event;

import org.jspecify.annotations.NullMarked;
