/** The catalogue of topics, and the code that creates and checks them. */
@NullMarked
package com.audiojones.bus.topic;

import org.jspecify.annotations.NullMarked;
