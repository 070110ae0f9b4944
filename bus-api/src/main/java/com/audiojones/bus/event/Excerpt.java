package com.audiojones.bus.event;

/** Makes foreign text fit to be quoted in one line of a message. */
final class Excerpt {

    private static final int MAX_CHARS = 120;

    private Excerpt() {}

    static String of(String text) {
        String cut = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
        StringBuilder line = new StringBuilder(cut.length());
        for (char c : cut.toCharArray()) {
            line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return line.toString();
    }
}
