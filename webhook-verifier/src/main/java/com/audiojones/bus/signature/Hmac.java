package com.audiojones.bus.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key over a short text followed by a body. Immutable and safe for use by many threads. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String STANDARD_PREFIX = "whsec_";

    /** Never used to sign: looking the algorithm up and taking the key in is done once, each signature clones it. */
    private final Mac prototype;

    private Hmac(byte[] key) {
        try {
            this.prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Signs with the UTF-8 bytes of the secret as it stands. */
    static Hmac aj(String secret) {
        return new Hmac(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Signs with the key that Standard Webhooks derives; text after the prefix that is no base64 counts as text. */
    static Hmac standard(String secret) {
        return new Hmac(standardKey(secret));
    }

    /** Whether the secret announces base64 and does not hold any. */
    static boolean isBroken(String secret) {
        if (!secret.startsWith(STANDARD_PREFIX)) {
            return false;
        }
        try {
            return decoded(secret).length == 0;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    byte[] sha256(byte[] prefix, byte[] body) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", e);
        }
    }

    private static byte[] standardKey(String secret) {
        boolean base64 = secret.startsWith(STANDARD_PREFIX) && !isBroken(secret);
        return base64 ? decoded(secret) : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String secret) {
        return Base64.getDecoder().decode(secret.substring(STANDARD_PREFIX.length()));
    }
}
