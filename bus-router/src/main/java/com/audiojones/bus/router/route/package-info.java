/** Routing decisions, pure: the same record always gives the same decision. */
@NullMarked
package com.audiojones.bus.router.route;

import org.jspecify.annotations.NullMarked;
