/** What is known about targets beyond their settings: shared by all dispatchers, and told to operators. */
@NullMarked
package com.audiojones.bus.dispatcher.state;

import org.jspecify.annotations.NullMarked;
