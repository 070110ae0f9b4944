/** Who may ask. */
@NullMarked
package com.audiojones.bus.admin.auth;

import org.jspecify.annotations.NullMarked;
