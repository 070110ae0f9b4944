package com.audiojones.bus.admin.view;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What dispatchers found out about a target.
 *
 * @param status {@code active}, or {@code disabled} until the target is changed
 * @param targetVersion the target's version that this was found out about
 * @param reason why it is disabled; null: it is not
 * @param failingSince when the first of the failures in a row came; null: the last request succeeded
 * @param breaker {@code open}: requests are held back, but for one at a time that probes; {@code closed}: they are not
 * @param openUntil when the next probe is due; null: none is
 * @param notBefore what the receiver's Retry-After asked for; null: nothing
 * @param cap how many requests at a time the target is given
 * @param parked how many pairs wait for it in retry topics, as far as the dispatcher knew
 * @param updatedAt when this was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TargetStateView(
        String status,
        long targetVersion,
        @Nullable String reason,
        @Nullable String failingSince,
        String breaker,
        @Nullable String openUntil,
        @Nullable String notBefore,
        int cap,
        long parked,
        String updatedAt) {

    /**
     * {@return the view of a state}
     *
     * @param state the state
     */
    public static TargetStateView of(TargetState state) {
        return new TargetStateView(
                state.status().label(),
                state.targetVersion(),
                state.reason(),
                text(state.failingSince()),
                state.breaker().label(),
                text(state.openUntil()),
                text(state.notBefore()),
                state.cap(),
                state.parked(),
                IsoMillis.format(state.updatedAt()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : IsoMillis.format(time);
    }
}
