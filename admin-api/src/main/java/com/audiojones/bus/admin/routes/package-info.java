/** The routes: each reads a request, asks one port, and answers with a view. */
@NullMarked
package com.audiojones.bus.admin.routes;

import org.jspecify.annotations.NullMarked;
