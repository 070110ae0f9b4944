package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says of usual events that the router takes them, but for their size. Of others it says nothing: those are written, and
 * read by the router's decoder. So it may only err on one side, which a test shows. Stateless.
 */
final class EventRules {

    private EventRules() {}

    static boolean accept(AuditEvent event) {
        return isUsual(event.type(), event.timestamp())
                && isGiven(event.actor())
                && event.actorType() != null
                && isTtl(event.ttl())
                && PlainData.isPlain(event.data())
                && PlainData.isPlain(event.metadata());
    }

    static boolean accept(AjEvent event) {
        return isUsual(event.type(), event.timestamp())
                && PlainData.isPlain(event.payload())
                && PlainData.isPlain(event.metadata());
    }

    private static boolean isUsual(String type, Instant timestamp) {
        return EventName.isValidType(type) && EventDecoder.isInRange(timestamp);
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static boolean isTtl(@Nullable Duration ttl) {
        return ttl == null || !ttl.isNegative() && ttl.compareTo(EventDecoder.MAX_TTL) <= 0;
    }
}
