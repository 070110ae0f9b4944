package com.audiojones.bus.delivery;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record on {@code webhook.target-state}, JSON in snake case: what a dispatcher found out about a target
 * and all others go by. The newest record of a target holds.
 *
 * @param status whether deliveries are made
 * @param targetVersion the target's version that this was found out about; a later version makes a disabled target
 *     active again
 * @param reason why it is disabled, one sentence; null: it is not
 * @param failingSince when the first of the failures in a row came; null: the last request succeeded
 * @param breaker whether requests are held back
 * @param openUntil when the next probe is due; null unless the breaker is open
 * @param notBefore what the receiver's Retry-After asked for; null: nothing
 * @param cap how many requests at a time the target is given
 * @param parked how many pairs wait for it in retry topics, as far as this dispatcher knows
 * @param instance the dispatcher that wrote the record
 * @param updatedAt when
 */
public record TargetState(
        Status status,
        long targetVersion,
        @Nullable String reason,
        @Nullable Instant failingSince,
        Breaker breaker,
        @Nullable Instant openUntil,
        @Nullable Instant notBefore,
        int cap,
        long parked,
        String instance,
        Instant updatedAt) {

    /** Whether deliveries are made. */
    public enum Status {
        /** They are. */
        ACTIVE,
        /** They are not, until the target is changed. */
        DISABLED;

        /** {@return the status as records spell it} */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether requests are held back. */
    public enum Breaker {
        /** They are not. */
        CLOSED,
        /** They are, but for one at a time that probes. */
        OPEN;

        /** {@return the state as records spell it} */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that everything that must be there is. */
    public TargetState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(updatedAt, "updated_at");
    }

    /**
     * {@return whether this state holds though {@code newer} was written after it: a disabled target becomes active by a
     * later version of it only}
     *
     * @param newer another state of the same target
     */
    public boolean outweighs(TargetState newer) {
        return status == Status.DISABLED && newer.status == Status.ACTIVE && newer.targetVersion <= targetVersion;
    }

    /** {@return the record's value, UTF-8 JSON} */
    public byte[] toJson() {
        return RecordJson.write(this);
    }

    /**
     * {@return the state in a value}
     *
     * @param value UTF-8 JSON; unknown fields are passed over
     * @throws InvalidRecordException if it is no state
     */
    public static TargetState fromJson(byte[] value) throws InvalidRecordException {
        return RecordJson.read("target state", value, TargetState.class);
    }
}
