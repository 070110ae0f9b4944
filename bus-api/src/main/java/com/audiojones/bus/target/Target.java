package com.audiojones.bus.target;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.WebhookVerifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook target: where events go, which ones, and with what secret they are signed.
 *
 * @param id the target's id
 * @param url where to POST to
 * @param secret signs the deliveries; null: the deployment's shared secret does
 * @param active false: matches nothing
 * @param events patterns over names and types; empty: every event
 * @param description for people
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param version rises by one with each change; of two records of a target the higher one holds
 * @param allowHttp whether plain {@code http} is allowed
 * @param expiresAt a target made for one replay to a free address matches only records that name it, is hidden from
 *     lists, and is gone after this time; null: an ordinary target
 * @param options how events are delivered to it
 */
public record Target(
        String id,
        String url,
        @Nullable Secret secret,
        boolean active,
        List<NamePattern> events,
        String description,
        Instant createdAt,
        Instant updatedAt,
        long version,
        boolean allowHttp,
        @Nullable Instant expiresAt,
        TargetOptions options) {

    /** The fewest characters of a secret. */
    public static final int MIN_SECRET_LENGTH = WebhookVerifier.MIN_SECRET_LENGTH;

    /** Copies the list in. */
    public Target {
        events = List.copyOf(events);
    }

    /**
     * {@return whether the target wants an event}
     *
     * @param name the event's name
     * @param type the publisher's type: a filter matches either
     */
    public boolean wants(String name, String type) {
        if (!active || isHidden()) {
            return false;
        }
        for (NamePattern pattern : events) {
            if (pattern.matches(name) || pattern.matches(type)) {
                return true;
            }
        }
        return events.isEmpty();
    }

    /** {@return whether it was made for one replay only} */
    public boolean isHidden() {
        return expiresAt != null;
    }

    /**
     * {@return this target as it stands after a change}
     *
     * @param newVersion its version then
     * @param now the time of the change
     */
    public Target changed(long newVersion, Instant now) {
        return new Target(
                id,
                url,
                secret,
                active,
                events,
                description,
                createdAt,
                now,
                newVersion,
                allowHttp,
                expiresAt,
                options);
    }

    /**
     * {@return this target with other options}
     *
     * @param newOptions the options
     */
    public Target withOptions(TargetOptions newOptions) {
        return new Target(
                id,
                url,
                secret,
                active,
                events,
                description,
                createdAt,
                updatedAt,
                version,
                allowHttp,
                expiresAt,
                newOptions);
    }
}
