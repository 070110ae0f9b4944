package com.audiojones.bus.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The id by which a receiver recognises a delivery it has seen: one per event and target, whatever happens. */
public final class WebhookId {

    private static final int LENGTH = 26;
    private static final char SEPARATOR = '\u001f';
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** Never used to digest: looking the algorithm up is done once, each id clones it. */
    private static final MessageDigest SHA_256 = sha256();

    private WebhookId() {}

    /**
     * {@return {@code msg_} and the first 26 characters of the lower-case base32 of SHA-256(event id, U+001F, target
     * id): the same for every attempt, replay and instance}
     *
     * @param eventId the event
     * @param targetId the target
     */
    public static String of(String eventId, String targetId) {
        byte[] text = (eventId + SEPARATOR + targetId).getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return "msg_" + base32(digest.digest(text));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** RFC 4648 base32 of the leading 130 bits; the hash is longer than what is taken, so no padding arises. */
    private static String base32(byte[] hash) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            int bit = i * 5;
            int twoBytes = ((hash[bit / 8] & 0xff) << 8) | (hash[bit / 8 + 1] & 0xff);
            text.append(BASE32.charAt((twoBytes >> (11 - bit % 8)) & 31));
        }
        return text.toString();
    }
}
