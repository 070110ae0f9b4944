/** The dashboard: its pages, and how people sign in to it. */
@NullMarked
package com.audiojones.bus.admin.portal;

import org.jspecify.annotations.NullMarked;
