package com.audiojones.bus.admin;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admin API's settings.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param key what every request must carry in the header {@code admin-key}; null: the service does not start
 * @param sharedSecret signs for targets without a secret of their own; null: every target needs one
 * @param addresses where targets may point to
 * @param secretOverlap how long a secret that was replaced signs beside the new one
 * @param allowSimulate whether targets may ask for faults
 * @param dashboardHosts by which names the dashboard may be reached beside loopback and {@code host}
 */
public record AdminSettings(
        String host,
        int port,
        @Nullable Secret key,
        @Nullable Secret sharedSecret,
        AddressPolicy addresses,
        Duration secretOverlap,
        boolean allowSimulate,
        List<String> dashboardHosts) {

    /** Copies the list in. */
    public AdminSettings {
        dashboardHosts = List.copyOf(dashboardHosts);
    }

    /** The fewest characters of an admin key: it is all that stands before the API, and can be guessed at. */
    public static final int MIN_KEY_LENGTH = 16;

    /**
     * {@return the settings from {@code admin.*} and {@code webhook.*}}
     *
     * @param in where settings are read
     */
    public static AdminSettings read(Settings in) {
        return new AdminSettings(
                in.text("admin.host", "127.0.0.1"),
                in.integer("admin.port", 8080, 0, 65_535),
                in.secret("admin.key", "ADMIN_KEY", MIN_KEY_LENGTH),
                in.secret("webhook.shared-secret", "AJ_WEBHOOK_SHARED_SECRET", Target.MIN_SECRET_LENGTH),
                AddressPolicy.read(in),
                in.duration("webhook.secret-overlap", Duration.ofHours(24)),
                in.flag("webhook.allow-simulate", false),
                in.list("admin.dashboard-hosts"));
    }

    /**
     * {@return the admin key}
     *
     * @throws ConfigException if there is none
     */
    public Secret requiredKey() {
        if (key == null) {
            throw new ConfigException(
                    "admin.key (ADMIN_KEY): expected at least " + MIN_KEY_LENGTH + " characters, got nothing", null);
        }
        return key;
    }
}
