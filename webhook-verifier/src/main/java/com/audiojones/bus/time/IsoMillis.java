package com.audiojones.bus.time;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Times as every record of the bus has them: ISO-8601, UTC, three digits of milliseconds. Each delivery reads and writes
 * half a dozen, so the usual form goes without the JDK's formatter, which takes ten times as long; all else goes to it.
 */
public final class IsoMillis {

    private static final DateTimeFormatter ANY_YEAR =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final String USUAL = "0000-00-00T00:00:00.000Z";
    private static final int NANOS_PER_MILLI = 1_000_000;

    /**
     * What was written last, by the time's own digits: records that follow each other were often appended at the same time
     * and expire at the same. Races do no harm: what is read is whole.
     */
    private static final @Nullable Text[] KNOWN = new Text[64];

    /** What a time was written as. */
    private record Text(long second, int milli, String text) {}

    private IsoMillis() {}

    /**
     * {@return a time as records have it}
     *
     * @param time the time; what is finer than a millisecond is cut off
     */
    public static String format(Instant time) {
        int milli = time.getNano() / NANOS_PER_MILLI;
        int slot = (31 * Long.hashCode(time.getEpochSecond()) + milli) & KNOWN.length - 1;
        Text known = KNOWN[slot];
        if (known != null && known.second == time.getEpochSecond() && known.milli == milli) {
            return known.text;
        }
        String text = write(time);
        KNOWN[slot] = new Text(time.getEpochSecond(), milli, text);
        return text;
    }

    private static String write(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            return ANY_YEAR.format(time);
        }
        byte[] text = USUAL.getBytes(StandardCharsets.ISO_8859_1);
        put(text, 3, utc.getYear());
        put(text, 6, utc.getMonthValue());
        put(text, 9, utc.getDayOfMonth());
        put(text, 12, utc.getHour());
        put(text, 15, utc.getMinute());
        put(text, 18, utc.getSecond());
        put(text, 22, utc.getNano() / NANOS_PER_MILLI);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * {@return the time in a text, as {@link Instant#parse} reads it}
     *
     * @param text ISO-8601 in UTC; not only the form that records have
     * @throws DateTimeException if it is no such time
     */
    public static Instant parse(String text) {
        return isUsual(text) ? usual(text) : Instant.parse(text);
    }

    /**
     * {@return the time in a text of any offset}
     *
     * @param text ISO-8601 with an offset or {@code Z}
     * @throws DateTimeException if it is no such time
     */
    public static Instant parseWithOffset(String text) {
        return isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant();
    }

    private static Instant usual(String text) {
        LocalDateTime utc = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                number(text, 20, 23) * NANOS_PER_MILLI);
        return utc.toInstant(ZoneOffset.UTC);
    }

    /** Hours and seconds that only some days have are unusual too. */
    private static boolean isUsual(String text) {
        if (text.length() != USUAL.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char form = USUAL.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 17, 19) < 60;
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    /** Overwrites zeros from the right. */
    private static void put(byte[] text, int last, int number) {
        int at = last;
        for (int left = number; left > 0; left /= 10) {
            text[at--] = (byte) ('0' + left % 10);
        }
    }
}
