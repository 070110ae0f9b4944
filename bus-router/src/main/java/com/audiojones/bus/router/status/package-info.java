/** How events fare and what is counted: two topologies of Kafka Streams, off the way that events take. */
@NullMarked
package com.audiojones.bus.router.status;

import org.jspecify.annotations.NullMarked;
