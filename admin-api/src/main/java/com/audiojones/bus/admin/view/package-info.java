/** The JSON that clients see, never the domain's own types. */
@NullMarked
package com.audiojones.bus.admin.view;

import org.jspecify.annotations.NullMarked;
