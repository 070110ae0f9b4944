package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.WebhookSigner;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.PayloadFilter;
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
 * @param refusal why its URL is refused before any name is resolved; null: it is not
 */
public record TargetRoute(
        Target target,
        URI uri,
        @Nullable WebhookSigner signer,
        @Nullable String refusal) {

    static TargetRoute of(Target target, @Nullable Secret sharedSecret, AddressPolicy addresses) {
        URI uri = URI.create(target.url());
        Secret secret = target.secret() == null ? sharedSecret : target.secret();
        TargetOptions options = target.options();
        return new TargetRoute(
                target,
                uri,
                secret == null ? null : new WebhookSigner(secret, options.previousSecrets(), options.signingKey()),
                addresses.refusal(uri, target.allowHttp()).orElse(null));
    }

    /** Whether the target's filter lets an event through; parses the body only where there is one. */
    boolean passes(byte[] body) {
        PayloadFilter filter = target.options().filter();
        return filter == null || filter.matches(body);
    }
}
