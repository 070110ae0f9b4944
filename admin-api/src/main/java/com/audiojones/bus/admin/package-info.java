/** The admin API's service: settings, start, stop, and the HTTP server that carries the routes. */
@NullMarked
package com.audiojones.bus.admin;

import org.jspecify.annotations.NullMarked;
