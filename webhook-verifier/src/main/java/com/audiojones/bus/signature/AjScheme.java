package com.audiojones.bus.signature;

import com.audiojones.bus.signature.Refusal.Reason;
import com.audiojones.bus.time.IsoMillis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code X-AJ-Signature: sha256=<hex>} over {@code <X-AJ-Timestamp>.<body>}. */
record AjScheme(Hmac hmac) implements Scheme {

    private static final String TIMESTAMP = "X-AJ-Timestamp";

    @Override
    public String timestampHeader() {
        return TIMESTAMP;
    }

    @Override
    public Optional<Reason> refusal(RequestHeaders headers, byte[] body, Instant now) {
        List<String> timestamps = headers.values(TIMESTAMP);
        List<String> signatures = headers.values("X-AJ-Signature");
        List<String> previous = headers.values("X-AJ-Signature-Previous");
        if (timestamps.isEmpty() || signatures.isEmpty()) {
            return Optional.of(Reason.MISSING_HEADERS);
        }
        if (timestamps.size() > 1 || signatures.size() > 1 || previous.size() > 1) {
            return Optional.of(Reason.REPEATED_HEADERS);
        }
        String timestamp = timestamps.get(0);
        try {
            if (!Scheme.isFresh(IsoMillis.parse(timestamp), now)) {
                return Optional.of(Reason.TIMESTAMP_EXPIRED);
            }
        } catch (DateTimeException e) {
            return Optional.of(Reason.TIMESTAMP_INVALID);
        }
        boolean genuine = oneIs(expected(timestamp, body), Stream.concat(signatures.stream(), previous.stream()));
        return genuine ? Optional.empty() : Optional.of(Reason.SIGNATURE_MISMATCH);
    }

    private byte[] expected(String timestamp, byte[] body) {
        byte[] prefix = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        String signature = "sha256=" + HexFormat.of().formatHex(hmac.sha256(prefix, body));
        return signature.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean oneIs(byte[] expected, Stream<String> signatures) {
        return signatures.anyMatch(
                signature -> MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8)));
    }
}
