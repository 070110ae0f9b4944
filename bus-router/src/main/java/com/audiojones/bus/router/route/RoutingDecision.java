package com.audiojones.bus.router.route;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.event.RawJson;
import com.audiojones.bus.lane.LaneHeaders;
import org.jspecify.annotations.Nullable;

/** What becomes of an ingest record. */
public sealed interface RoutingDecision {

    /**
     * It goes to the lane of its priority.
     *
     * @param key the lane record's key, the ordering key
     * @param headers the lane record's headers
     * @param body the lane record's value
     * @param ttlIgnored whether the event asked for a time to live that P0 does not have
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Routed(byte @Nullable [] key, LaneHeaders headers, RawJson body, boolean ttlIgnored)
            implements RoutingDecision {}

    /**
     * It is one of those that the rate of its name leaves out.
     *
     * @param event what it was
     */
    record SampledOut(Passed event) implements RoutingDecision {}

    /**
     * It was read after its time to live.
     *
     * @param event what it was
     */
    record Expired(Passed event) implements RoutingDecision {}

    /**
     * It is no event of the contract and goes to quarantine.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    record Invalid(String reason) implements RoutingDecision {}

    /**
     * What is counted of an event that goes nowhere.
     *
     * @param name its name
     * @param type the publisher's type
     * @param priority the priority it would have had
     */
    record Passed(String name, String type, Priority priority) {}
}
