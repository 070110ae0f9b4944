package com.audiojones.bus.admin.problem;

import io.javalin.http.HttpStatus;

/**
 * What went wrong, as clients see it (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says which kind of problem it is
 * @param title the status in words
 * @param status the HTTP status
 * @param detail one sentence on one line, at most {@value #MAX_DETAIL} characters
 */
public record Problem(String type, String title, int status, String detail) {

    /** The media type of the document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The longest sentence: part of it may quote what the client sent. */
    static final int MAX_DETAIL = 300;

    /**
     * {@return a problem}
     *
     * @param status the HTTP status
     * @param sentence what to say; line breaks and other control characters become spaces, the end is cut off
     */
    public static Problem of(int status, String sentence) {
        boolean fits = sentence.length() <= MAX_DETAIL;
        String detail = fits ? oneLine(sentence) : oneLine(sentence.substring(0, MAX_DETAIL - 3)) + "...";
        return new Problem("about:blank", HttpStatus.forStatus(status).getMessage(), status, detail);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Z}\\p{C}]+", " ").strip();
    }
}
