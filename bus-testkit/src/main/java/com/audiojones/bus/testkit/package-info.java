/** What tests of several modules share: receivers, processes, deadlines. */
@NullMarked
package com.audiojones.bus.testkit;

import org.jspecify.annotations.NullMarked;
