package com.audiojones.bus.dispatcher;

import com.audiojones.bus.config.Settings;
import com.audiojones.bus.dispatcher.deliver.LaneSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's settings.
 *
 * @param served the lanes that this process delivers; others are left to other processes
 * @param lanes what holds for each lane
 * @param disableAfter how long a target may fail without one success before it is disabled
 * @param sharedSecret signs for targets without a secret of their own; null: those cannot be delivered to
 */
public record DispatcherSettings(
        Set<Lane> served,
        LaneSettings lanes,
        Duration disableAfter,
        @Nullable Secret sharedSecret) {

    /** A quarter of the heap for records under way, and as much again for what the clients fetch ahead. */
    private static final int HEAP_SHARE = 4;

    private static final int LOOPS = 2 * Lane.values().length;

    /** Reads {@code dispatcher.*} and {@code webhook.*}. */
    public static DispatcherSettings read(Settings in) {
        int windowMebibytes = in.integer("dispatcher.window-mebibytes", defaultWindow(), 1, 65_536);
        LaneSettings lanes = new LaneSettings(
                in.duration("dispatcher.request-timeout", Duration.ofSeconds(10)),
                in.integer("dispatcher.in-flight-per-lane", 256, 1, 10_000),
                in.integer("dispatcher.window-records", 4096, 1, 1_000_000),
                windowMebibytes * 1024L * 1024L,
                AddressPolicy.read(in),
                in.flag("webhook.allow-simulate", false));
        return new DispatcherSettings(
                served(in),
                lanes,
                in.duration("dispatcher.disable-after", Duration.ofDays(5)),
                in.secret("webhook.shared-secret", "AJ_WEBHOOK_SHARED_SECRET", Target.MIN_SECRET_LENGTH));
    }

    private static Set<Lane> served(Settings in) {
        String all = Arrays.stream(Lane.values()).map(Lane::label).collect(Collectors.joining(","));
        Set<Lane> served = EnumSet.noneOf(Lane.class);
        for (String label : in.text("dispatcher.lanes", all).split(",", -1)) {
            Arrays.stream(Lane.values())
                    .filter(lane -> lane.label().equals(label.strip()))
                    .findFirst()
                    .ifPresentOrElse(
                            served::add,
                            () -> in.problem("dispatcher.lanes: expected one or more of " + all
                                    + ", separated by commas, got '" + label.strip() + "'"));
        }
        return served;
    }

    private static int defaultWindow() {
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE / LOOPS;
        return (int) Math.max(1, share / (1024 * 1024));
    }
}
