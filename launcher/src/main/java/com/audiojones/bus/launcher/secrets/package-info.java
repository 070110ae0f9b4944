/** How the targets' secrets are sealed where they are kept. */
@NullMarked
package com.audiojones.bus.launcher.secrets;

import org.jspecify.annotations.NullMarked;
