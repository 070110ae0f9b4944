package com.audiojones.bus.signature;

import com.audiojones.bus.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key pair for ed25519 signatures ({@code v1a} of Standard Webhooks): {@code whsk_} and the base64 of 64 bytes, the
 * seed and the public key. Receivers verify with the public half alone. Immutable and safe for use by many threads.
 */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String PREFIX = "whsk_";
    private static final int HALF = 32;

    /** RFC 8410: what stands before the 32 bytes of an ed25519 public key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PrivateKey privateKey;
    private final byte[] publicBytes;

    private SigningKey(PrivateKey privateKey, byte[] publicBytes) {
        this.privateKey = privateKey;
        this.publicBytes = publicBytes;
    }

    /**
     * {@return the key pair that a text holds}
     *
     * @param secret the text
     * @throws IllegalArgumentException if it holds none; the message does not repeat it
     */
    public static SigningKey of(Secret secret) {
        byte[] bytes = decoded(secret.reveal());
        byte[] publicBytes = Arrays.copyOfRange(bytes, HALF, 2 * HALF);
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            PrivateKey privateKey = factory.generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, HALF)));
            SigningKey key = new SigningKey(privateKey, publicBytes);
            if (key.isPair(factory)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a seed and its public key, got bytes that are no key", e);
        }
        throw new IllegalArgumentException("expected a seed and its public key, got the public key of another seed");
    }

    /** {@return what receivers verify with: {@code whpk_} and the base64 of the public key's 32 bytes} */
    public String publicKey() {
        return "whpk_" + Base64.getEncoder().encodeToString(publicBytes);
    }

    byte[] sign(byte[] prefix, byte[] body) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(prefix);
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** A signature made with one half and another public half would be refused by every receiver. */
    private boolean isPair(KeyFactory factory) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + HALF);
        System.arraycopy(publicBytes, 0, encoded, X509_PREFIX.length, HALF);
        Signature verification = Signature.getInstance(ALGORITHM);
        verification.initVerify(factory.generatePublic(new X509EncodedKeySpec(encoded)));
        verification.update(publicBytes);
        return verification.verify(sign(publicBytes, new byte[0]));
    }

    private static byte[] decoded(String text) {
        String expected = "expected " + PREFIX + " and the base64 of 64 bytes, the seed and the public key, got ";
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(expected + "text without " + PREFIX);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected + "text that is no base64", e);
        }
        if (bytes.length != 2 * HALF) {
            throw new IllegalArgumentException(expected + bytes.length + " bytes");
        }
        return bytes;
    }
}
