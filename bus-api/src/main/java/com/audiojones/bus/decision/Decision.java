package com.audiojones.bus.decision;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of an ingest record. */
public enum Decision {
    /** It went to a lane. */
    ROUTED,
    /** The rate of its name left it out. */
    SAMPLED_OUT,
    /** It was read after its time to live. */
    EXPIRED,
    /** It is no event and went to quarantine. */
    INVALID;

    /** {@return the decision as records, metrics and logs spell it} */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
