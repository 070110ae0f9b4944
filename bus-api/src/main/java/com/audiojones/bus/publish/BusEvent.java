package com.audiojones.bus.publish;

import com.audiojones.bus.event.EventId;

/**
 * An event to publish. It has its id from the moment it is made: published once more after a failure it is still the same
 * event to every receiver. Immutable, unless what it holds is not.
 */
public sealed interface BusEvent permits AuditEvent, AjEvent {

    /** {@return its id} */
    EventId id();

    /** {@return its type; empty: none was given, which no router accepts} */
    String type();
}
