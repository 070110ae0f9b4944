package com.audiojones.bus.admin.target;

import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetCodec;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Reads targets as clients write them, and checks that they are allowed; changes nothing. */
final class TargetRequests {

    private static final int ID_BYTES = 16;

    private final TargetRules rules;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TargetRequests(TargetRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** The target that is asked for, under a new id. */
    Target made(byte[] json) throws InvalidTargetException {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = "tgt_" + HexFormat.of().formatHex(bytes);
        return rules.allowed(TargetCodec.fromRequest(id, json, clock.instant()), null);
    }

    /** A target as it is to become; a secret that is replaced goes on signing for a while. */
    Target changed(Target before, byte[] json) throws InvalidTargetException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Target after = rules.allowed(TargetCodec.changed(before, json, now), before);
        return after.withOptions(after.options()
                .withPreviousSecrets(SecretRotation.previous(before, after, now, rules.secretOverlap())));
    }
}
