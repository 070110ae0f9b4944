/** What the router writes to the priority lanes: the delivery body and its headers. */
@NullMarked
package com.audiojones.bus.lane;

import org.jspecify.annotations.NullMarked;
