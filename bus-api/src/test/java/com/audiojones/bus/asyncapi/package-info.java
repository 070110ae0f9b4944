/** Makes {@code docs/asyncapi.json} of the code. */
@NullMarked
package com.audiojones.bus.asyncapi;

import org.jspecify.annotations.NullMarked;
