package com.audiojones.bus.admin.auth;

import com.audiojones.bus.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions of people who have signed in with the admin key. Nothing is kept of one: it is the time of its end, signed. The
 * key that signs is derived from the admin key, so that sessions outlive restarts, hold at every process with the same
 * admin key, and end when that is replaced. Safe for use by many threads.
 */
public final class Sessions {

    /** How long a session lasts. */
    public static final Duration LIFE = Duration.ofHours(12);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "ajbus dashboard sessions, version 1";
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * Signs with a key of its own.
     *
     * @param adminKey what that is derived from
     * @param clock tells when a session has ended
     */
    public Sessions(Secret adminKey, Clock clock) {
        byte[] master = adminKey.reveal().getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(mac(new SecretKeySpec(master, ALGORITHM), PURPOSE), ALGORITHM);
        this.clock = clock;
    }

    /** {@return a new session's token, for a cookie} */
    public String begin() {
        String end = Long.toString(clock.instant().plus(LIFE).getEpochSecond());
        return end + "." + signature(end);
    }

    /**
     * {@return when a session ends; empty if the token is none of ours or the session has ended}
     *
     * @param token what a stranger claims
     */
    public Optional<Instant> end(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches() || !isSigned(parts.group(1), parts.group(2))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(parts.group(1))))
                    .filter(end -> end.isAfter(clock.instant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Takes a time that does not depend on where the two differ. */
    private boolean isSigned(String end, String signature) {
        return MessageDigest.isEqual(
                signature(end).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, text));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
