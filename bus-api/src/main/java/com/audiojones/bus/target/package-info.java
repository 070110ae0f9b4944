/** Webhook targets: the document, its codec and validation, the filter, and the addresses that may be dialled. */
@NullMarked
package com.audiojones.bus.target;

import org.jspecify.annotations.NullMarked;
