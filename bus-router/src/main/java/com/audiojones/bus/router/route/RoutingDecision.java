package com.audiojones.bus.router.route;

import com.audiojones.bus.event.RawJson;
import com.audiojones.bus.lane.LaneHeaders;

/** What becomes of an ingest record. */
public sealed interface RoutingDecision {

    /**
     * It goes to the lane of its priority.
     *
     * @param headers the lane record's headers
     * @param body the lane record's value
     */
    record Routed(LaneHeaders headers, RawJson body) implements RoutingDecision {}

    /**
     * It is no event of the contract and goes to quarantine.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    record Invalid(String reason) implements RoutingDecision {}
}
