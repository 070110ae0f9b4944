/** Signing webhooks and verifying them. */
@NullMarked
package com.audiojones.bus.signature;

import org.jspecify.annotations.NullMarked;
