package com.audiojones.bus.admin.replay;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;

/** Makes ids of replays and recoveries. Safe for use by many threads. */
final class ReplayIds {

    private static final int SUFFIX_LENGTH = 9;
    private static final long SUFFIX_BOUND =
            BigInteger.valueOf(36).pow(SUFFIX_LENGTH).longValueExact();

    private final SecureRandom random = new SecureRandom();

    String fresh(Instant now) {
        String digits = Long.toString(random.nextLong(SUFFIX_BOUND), 36);
        return "replay_" + now.toEpochMilli() + "_" + "0".repeat(SUFFIX_LENGTH - digits.length()) + digits;
    }
}
