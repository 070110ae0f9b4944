package com.audiojones.bus.event;

/**
 * The hierarchical name under which an event is filtered, sampled and subscribed to: for an audit event its topic and
 * type in one ({@code audit.user.action.task.created}), for an AJ event its type ({@code status_change}).
 */
public final class EventName {

    /** What a type looks like, for schemas and messages; at most {@value #MAX_TYPE_LENGTH} characters. */
    public static final String TYPE_SYNTAX = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

    /** The longest type, in characters. */
    public static final int MAX_TYPE_LENGTH = 200;

    private static final String AUDIT_ROOT = "audit.";

    private EventName() {}

    /**
     * {@return whether {@code type} has the syntax and length of an event type}
     *
     * @param type what to look at
     */
    public static boolean isValidType(String type) {
        if (type.length() > MAX_TYPE_LENGTH) {
            return false;
        }
        boolean inSegment = false;
        for (int i = 0; i < type.length(); i++) {
            boolean dot = type.charAt(i) == '.';
            if (dot ? !inSegment : !isNameChar(type.charAt(i))) {
                return false;
            }
            inSegment = !dot;
        }
        return inSegment;
    }

    /** Whether it may stand in a segment. Names and ids are checked at every step of every event: no regex. */
    static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /**
     * {@return the name of an event}
     *
     * @param family which shape of event it is
     * @param topic the ingest topic it was published to
     * @param type the publisher's type
     */
    public static String of(EventFamily family, String topic, String type) {
        return switch (family) {
            case AJ -> type;
            case AUDIT -> auditName(topic, type);
        };
    }

    /** The type's first segment is left out where it repeats the topic's category. */
    private static String auditName(String topic, String type) {
        String category = topic.substring(AUDIT_ROOT.length());
        if (type.equals(category)) {
            return topic;
        }
        return type.startsWith(category + ".") ? AUDIT_ROOT + type : topic + "." + type;
    }
}
