package com.audiojones.bus.admin.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target that was just made and is in force.
 *
 * @param target the target
 * @param madeSecret the secret that was made for it; null where the client chose one or the shared secret signs
 */
public record CreatedTarget(Target target, @Nullable Secret madeSecret) {}
