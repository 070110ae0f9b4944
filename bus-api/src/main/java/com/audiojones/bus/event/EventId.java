package com.audiojones.bus.event;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The identity of an event, by which receivers, stores and replays recognise it.
 *
 * @param value 1 to 128 letters, digits, {@code .}, {@code _}, {@code :} or {@code -}
 */
public record EventId(String value) {

    /** What an event id looks like, for schemas and messages. */
    public static final String SYNTAX = "[A-Za-z0-9._:-]{1,128}";

    private static final int MAX_LENGTH = 128;
    private static final int SUFFIX_LENGTH = 9;
    private static final long SUFFIX_BOUND =
            BigInteger.valueOf(36).pow(SUFFIX_LENGTH).longValueExact();

    /** Checks the syntax. */
    public EventId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("event id: expected " + SYNTAX + ", got '" + value + "'");
        }
    }

    /**
     * {@return whether {@code text} has the syntax of an event id}
     *
     * @param text what to look at
     */
    public static boolean isValid(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!EventName.isNameChar(c) && c != '.' && c != ':') {
                return false;
            }
        }
        return length >= 1 && length <= MAX_LENGTH;
    }

    /**
     * A fresh id, as publishers assign it: prefix, milliseconds, nine base-36 digits.
     *
     * @param family decides the prefix
     * @param now the time written into the id
     * @param random source of the last nine digits
     * @return an id that no other event has, for all practical purposes
     */
    public static EventId fresh(EventFamily family, Instant now, RandomGenerator random) {
        return of(family, now, random.nextLong(SUFFIX_BOUND));
    }

    /**
     * The id of a record that came without one. It depends on the record alone, so a record routed twice keeps its id,
     * and the first records of a topic that was deleted and made anew do not repeat old ids.
     *
     * @param family decides the prefix
     * @param topic the ingest topic
     * @param partition the ingest partition
     * @param offset the record's offset there
     * @param appendTime when the broker appended it
     * @param value the record's value, whole
     * @return the same id for the same record, always
     */
    public static EventId derived(
            EventFamily family, String topic, int partition, long offset, Instant appendTime, byte[] value) {
        MessageDigest digest = sha256();
        digest.update(topic.getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(20)
                .putInt(partition)
                .putLong(offset)
                .putLong(appendTime.toEpochMilli())
                .flip());
        long hash = ByteBuffer.wrap(digest.digest(value)).getLong();
        return of(family, appendTime, Long.remainderUnsigned(hash, SUFFIX_BOUND));
    }

    private static EventId of(EventFamily family, Instant time, long suffix) {
        String digits = Long.toString(suffix, 36);
        return new EventId(
                family.idPrefix() + time.toEpochMilli() + "_" + "0".repeat(SUFFIX_LENGTH - digits.length()) + digits);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
