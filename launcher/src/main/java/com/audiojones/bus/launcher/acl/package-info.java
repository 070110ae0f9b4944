/** The rights that a cluster with access rules has to give. */
@NullMarked
package com.audiojones.bus.launcher.acl;

import org.jspecify.annotations.NullMarked;
