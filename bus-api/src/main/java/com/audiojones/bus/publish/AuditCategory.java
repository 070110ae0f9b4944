package com.audiojones.bus.publish;

import java.util.Locale;

/** The categories of audit events, each with a topic of its own. Others may be written to {@link #SYSTEM}. */
public enum AuditCategory {
    /** What users do. */
    USER,
    /** What models decide. */
    AI,
    /** Queries, mutations, migrations of data. */
    DATA,
    /** Permissions, authentication, violations; P0 unless the event says otherwise, and never sampled out. */
    SECURITY,
    /** Configuration and health, and all that belongs nowhere else. */
    SYSTEM,
    /** Life of blueprints. */
    BLUEPRINT,
    /** Life of tasks. */
    TASK,
    /** Organisations. */
    ORG,
    /** Integrations. */
    INTEGRATION,
    /** Measurements; by default one in twenty is kept. */
    PERFORMANCE,
    /** Compliance checks; never sampled out. */
    COMPLIANCE;

    /** {@return the first segment of the types of this category} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the topic that its events are published to} */
    public String topic() {
        return "audit." + label();
    }

    /**
     * {@return an event type of this category}
     *
     * @param rest the further segments, such as {@code action.task.created}
     */
    public String type(String rest) {
        return label() + "." + rest;
    }
}
