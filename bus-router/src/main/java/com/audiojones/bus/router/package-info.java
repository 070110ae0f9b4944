/** The router's service: reads what publishers wrote, writes lane records and quarantine. */
@NullMarked
package com.audiojones.bus.router;

import org.jspecify.annotations.NullMarked;
