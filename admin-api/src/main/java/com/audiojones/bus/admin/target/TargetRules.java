package com.audiojones.bus.admin.target;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.Simulation;
import com.audiojones.bus.target.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator allows targets to be.
 *
 * @param addresses where they may point to
 * @param sharedSecret signs for targets without a secret of their own; null: every target needs one
 * @param secretOverlap how long a secret that was replaced signs beside the new one
 * @param allowSimulate whether targets may ask for faults
 */
public record TargetRules(
        AddressPolicy addresses, @Nullable Secret sharedSecret, Duration secretOverlap, boolean allowSimulate) {

    /**
     * {@return a target that may be saved}
     *
     * @param target the target
     * @param before the target as it stands, what it has already is not judged again; null: it is new
     * @throws RefusedException if the operator does not allow it
     */
    Target allowed(Target target, @Nullable Target before) {
        boolean moved =
                before == null || !target.url().equals(before.url()) || target.allowHttp() != before.allowHttp();
        if (moved) {
            addresses.refusal(URI.create(target.url()), target.allowHttp()).ifPresent(refusal -> {
                throw new RefusedException(Reason.INVALID, refusal);
            });
        }
        Simulation simulate = target.options().simulate();
        boolean kept =
                before != null && Objects.equals(simulate, before.options().simulate());
        if (simulate != null && !allowSimulate && !kept) {
            throw new RefusedException(
                    Reason.INVALID,
                    "simulate: expected none, got some; the operator can allow it with webhook.allow-simulate");
        }
        if (before != null && target.secret() == null && before.secret() != null && sharedSecret == null) {
            throw new RefusedException(
                    Reason.INVALID, "secret: expected one, since there is no shared one to sign with, got null");
        }
        return target;
    }
}
