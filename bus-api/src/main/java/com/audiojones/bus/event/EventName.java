package com.audiojones.bus.event;

import java.util.regex.Pattern;

/**
 * The hierarchical name under which an event is filtered, sampled and subscribed to: for an audit event its topic and
 * type in one ({@code audit.user.action.task.created}), for an AJ event its type ({@code status_change}).
 */
public final class EventName {

    /** What a type looks like, for schemas and messages; at most {@value #MAX_TYPE_LENGTH} characters. */
    public static final String TYPE_SYNTAX = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

    /** The longest type, in characters. */
    public static final int MAX_TYPE_LENGTH = 200;

    private static final Pattern TYPE = Pattern.compile(TYPE_SYNTAX);
    private static final String AUDIT_ROOT = "audit.";

    private EventName() {}

    /**
     * {@return whether {@code type} has the syntax and length of an event type}
     *
     * @param type what to look at
     */
    public static boolean isValidType(String type) {
        return type.length() <= MAX_TYPE_LENGTH && TYPE.matcher(type).matches();
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
