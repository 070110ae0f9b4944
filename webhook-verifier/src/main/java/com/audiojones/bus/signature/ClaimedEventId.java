package com.audiojones.bus.signature;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the id of the event from a body that nobody vouches for, without parsing it. */
final class ClaimedEventId {

    /** Bodies of the bus begin with the id; its characters need no escape. */
    private static final Pattern BEGINNING = Pattern.compile("\\{\"event_id\":\"([A-Za-z0-9._:-]{1,128})\"");

    private static final int LONGEST = 160;

    private ClaimedEventId() {}

    /** {@return what the body says its event is; null if it does not begin as bodies of the bus do} */
    static @Nullable String of(byte[] body) {
        String beginning = new String(body, 0, Math.min(body.length, LONGEST), StandardCharsets.ISO_8859_1);
        Matcher matcher = BEGINNING.matcher(beginning);
        return matcher.lookingAt() ? matcher.group(1) : null;
    }
}
