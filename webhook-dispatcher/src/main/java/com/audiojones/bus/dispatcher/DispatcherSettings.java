package com.audiojones.bus.dispatcher;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.dispatcher.deliver.LaneSettings;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's settings.
 *
 * @param lanes what holds for each lane
 * @param sharedSecret signs for targets without a secret of their own; null: those cannot be delivered to
 */
public record DispatcherSettings(
        LaneSettings lanes, @Nullable Secret sharedSecret) {

    /** Reads {@code dispatcher.*} and {@code webhook.*}. */
    public static DispatcherSettings read(Settings in) {
        LaneSettings lanes = new LaneSettings(
                in.duration("dispatcher.request-timeout", Duration.ofSeconds(10)),
                in.integer("dispatcher.in-flight-per-lane", 128, 1, 10_000),
                in.integer("dispatcher.batch-records", 256, 1, 10_000),
                AddressPolicy.read(in));
        return new DispatcherSettings(
                lanes, in.secret("webhook.shared-secret", "AJ_WEBHOOK_SHARED_SECRET", Target.MIN_SECRET_LENGTH));
    }
}
