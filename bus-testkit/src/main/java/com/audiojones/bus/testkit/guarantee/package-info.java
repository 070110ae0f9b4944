/** The bus's promises as objects: told what happened, they judge it. */
@NullMarked
package com.audiojones.bus.testkit.guarantee;

import org.jspecify.annotations.NullMarked;
