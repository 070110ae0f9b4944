package com.audiojones.bus.publish;

import java.util.Locale;

/** What kind of actor did what an audit event tells. */
public enum ActorType {
    /** A person. */
    USER,
    /** A team. */
    TEAM,
    /** A partner organisation. */
    PARTNER,
    /** A program. */
    SYSTEM,
    /** A model or an agent. */
    AI;

    /** {@return the value of the field {@code actorType}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
