package com.audiojones.bus.admin.view;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.Target;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A target that was just made.
 *
 * @param target the target, its fields beside the secret's
 * @param secret the secret that was made for it, shown this once; null, and left out, where the client chose it
 */
public record CreatedTargetView(
        @JsonUnwrapped TargetView target,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    /**
     * {@return the view of a new target}
     *
     * @param target the target
     * @param madeSecret the secret that was made for it, or null
     */
    public static CreatedTargetView of(Target target, @Nullable Secret madeSecret) {
        return new CreatedTargetView(TargetView.of(target), madeSecret == null ? null : madeSecret.reveal());
    }
}
