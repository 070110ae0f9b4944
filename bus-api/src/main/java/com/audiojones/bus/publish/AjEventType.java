package com.audiojones.bus.publish;

/** The event types that the platform itself publishes. Any other type is as good: these are for those who mistype. */
public final class AjEventType {

    /** General status transitions. */
    public static final String STATUS_CHANGE = "status_change";
    /** Back to operational. */
    public static final String STATUS_OPERATIONAL = "status_operational";
    /** Degraded performance was found. */
    public static final String STATUS_DEGRADED = "status_degraded";
    /** Complete outage. */
    public static final String STATUS_OUTAGE = "status_outage";
    /** A capacity threshold was breached. */
    public static final String CAPACITY_ALERT = "capacity_alert";
    /** What capacity is expected. */
    public static final String CAPACITY_FORECAST = "capacity_forecast";
    /** Utilization crossed a threshold. */
    public static final String CAPACITY_THRESHOLD = "capacity_threshold";
    /** A new incident. */
    public static final String INCIDENT_CREATED = "incident_created";
    /** An incident's status or details changed. */
    public static final String INCIDENT_UPDATED = "incident_updated";
    /** An incident is over. */
    public static final String INCIDENT_RESOLVED = "incident_resolved";
    /** An alert went off. */
    public static final String ALERT_TRIGGERED = "alert_triggered";
    /** An alert's condition is gone. */
    public static final String ALERT_RESOLVED = "alert_resolved";
    /** Scheduled maintenance. */
    public static final String SYSTEM_MAINTENANCE = "system_maintenance";
    /** Updates and deployments. */
    public static final String SYSTEM_UPDATE = "system_update";

    private AjEventType() {}
}
