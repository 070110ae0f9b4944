/** The dispatcher's service: delivers lane records to the targets that want them. */
@NullMarked
package com.audiojones.bus.dispatcher;

import org.jspecify.annotations.NullMarked;
