package com.audiojones.bus.admin.target;

import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.PreviousSecret;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which secrets go on signing when a target's is replaced. Stateless. */
final class SecretRotation {

    /** The most secrets beside the one in force. */
    static final int MAX_PREVIOUS = 3;

    private SecretRotation() {}

    /**
     * {@return the previous secrets of a target after a change, newest first: the one that was replaced, and those before
     * it that are still valid}
     *
     * @param before the target before the change
     * @param after the target after it
     * @param now the time of the change
     * @param overlap how long the replaced secret goes on signing
     */
    static List<PreviousSecret> previous(Target before, Target after, Instant now, Duration overlap) {
        Map<Secret, PreviousSecret> previous = new LinkedHashMap<>();
        if (before.secret() != null) {
            previous.put(before.secret(), new PreviousSecret(before.secret(), now.plus(overlap)));
        }
        for (PreviousSecret older : before.options().previousSecrets()) {
            if (older.isValid(now)) {
                previous.putIfAbsent(older.secret(), older);
            }
        }
        if (after.secret() != null) {
            previous.remove(after.secret());
        }
        return previous.values().stream().limit(MAX_PREVIOUS).toList();
    }
}
