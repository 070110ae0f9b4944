package com.audiojones.bus.publish;

/**
 * What became of the events that were published so far.
 *
 * @param published acknowledged by Kafka, those from the spool included
 * @param failed those whose future failed
 * @param refused those of them that were not sent, since the circuit was open
 * @param spooled written to the spool
 * @param inFlight sent, and not yet acknowledged
 * @param spoolBytes what is in the spool now, in bytes
 * @param circuit whether Kafka is asked at all
 */
public record PublishCounts(
        long published, long failed, long refused, long spooled, int inFlight, long spoolBytes, Circuit circuit) {

    /** The state of the circuit breaker. */
    public enum Circuit {
        /** Events are sent. */
        CLOSED,
        /** Events are refused. */
        OPEN,
        /** One event is sent to see whether Kafka is back; others are refused. */
        HALF_OPEN
    }
}
