package com.audiojones.bus.signature;

import com.audiojones.bus.signature.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Standard Webhooks 1.0.0, version {@code v1}: {@code v1,<base64>} over {@code <id>.<seconds>.<body>}. */
record StandardScheme(Hmac hmac) implements Scheme {

    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SECONDS = "[0-9]{1,12}";

    @Override
    public String timestampHeader() {
        return TIMESTAMP;
    }

    /** Exactly one signature must be this secret's: the others are those of other secrets and of other versions. */
    @Override
    public Optional<Reason> refusal(RequestHeaders headers, byte[] body, Instant now) {
        List<String> ids = headers.values("webhook-id");
        List<String> times = headers.values(TIMESTAMP);
        List<String> signatures = headers.values("webhook-signature");
        if (ids.isEmpty() || times.isEmpty() || signatures.isEmpty()) {
            return Optional.of(Reason.MISSING_HEADERS);
        }
        if (ids.size() > 1 || times.size() > 1 || signatures.size() > 1) {
            return Optional.of(Reason.REPEATED_HEADERS);
        }
        String seconds = times.get(0);
        if (!seconds.matches(SECONDS)) {
            return Optional.of(Reason.TIMESTAMP_INVALID);
        }
        if (!Scheme.isFresh(Instant.ofEpochSecond(Long.parseLong(seconds)), now)) {
            return Optional.of(Reason.TIMESTAMP_EXPIRED);
        }
        byte[] prefix = (ids.get(0) + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        boolean genuine = valid(signatures.get(0), hmac.sha256(prefix, body)) == 1;
        return genuine ? Optional.empty() : Optional.of(Reason.SIGNATURE_MISMATCH);
    }

    private static int valid(String signatures, byte[] hash) {
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(hash)).getBytes(StandardCharsets.UTF_8);
        int valid = 0;
        for (String signature : signatures.split(" ", -1)) {
            valid += MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        return valid;
    }
}
