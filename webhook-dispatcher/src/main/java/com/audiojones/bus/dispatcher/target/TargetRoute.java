package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.signature.WebhookSigner;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A target made ready for sending.
 *
 * @param target the target
 * @param uri its parsed URL
 * @param signer signs with its secret; null: it has none and the deployment has no shared one
 */
public record TargetRoute(Target target, URI uri, @Nullable WebhookSigner signer) {

    static TargetRoute of(Target target, @Nullable Secret sharedSecret) {
        Secret secret = target.secret() == null ? sharedSecret : target.secret();
        TargetOptions options = target.options();
        return new TargetRoute(
                target,
                URI.create(target.url()),
                secret == null ? null : new WebhookSigner(secret, options.previousSecrets(), options.signingKey()));
    }
}
