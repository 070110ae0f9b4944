/** Sending a request and bounding everything about it. */
@NullMarked
package com.audiojones.bus.dispatcher.http;

import org.jspecify.annotations.NullMarked;
