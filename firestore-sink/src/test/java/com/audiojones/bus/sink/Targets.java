package com.audiojones.bus.sink;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets to publish in tests. */
final class Targets {

    static final Instant TIME = Instant.parse("2026-11-21T10:30:00Z");

    private Targets() {}

    static Target target(String id) {
        return target(id, null);
    }

    static Target hidden(String id, Instant expiresAt) {
        return target(id, expiresAt);
    }

    private static Target target(String id, @Nullable Instant expiresAt) {
        return new Target(
                id,
                "https://example.com/" + id,
                null,
                true,
                List.of(NamePattern.of("status_*")),
                "",
                TIME,
                TIME,
                1,
                false,
                expiresAt,
                TargetOptions.NONE);
    }
}
