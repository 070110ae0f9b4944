package com.audiojones.bus.admin.view;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A target without its secret.
 *
 * @param id the target's id
 * @param url where events are posted to
 * @param active false: matches nothing
 * @param events patterns over names and types; empty: every event
 * @param description for people
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param version rises by one with each change
 * @param allowHttp whether plain http is allowed
 * @param secretSource {@code own}, or {@code shared} where the deployment's secret signs
 * @param options how events are delivered to it, its fields beside the target's
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TargetView(
        String id,
        String url,
        boolean active,
        List<String> events,
        String description,
        String createdAt,
        String updatedAt,
        long version,
        boolean allowHttp,
        String secretSource,
        @JsonUnwrapped TargetOptionsView options) {

    /** Copies the list in. */
    public TargetView {
        events = List.copyOf(events);
    }

    /**
     * {@return the view of a target}
     *
     * @param target the target
     */
    public static TargetView of(Target target) {
        return new TargetView(
                target.id(),
                target.url(),
                target.active(),
                target.events().stream().map(NamePattern::toString).toList(),
                target.description(),
                IsoMillis.format(target.createdAt()),
                IsoMillis.format(target.updatedAt()),
                target.version(),
                target.allowHttp(),
                target.secret() == null ? "shared" : "own",
                TargetOptionsView.of(target.options()));
    }
}
