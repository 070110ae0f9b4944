package com.audiojones.bus.store;

import com.audiojones.bus.lane.LaneHeaders;

/**
 * An event as the store has it, with what became of its original delivery (replays left out).
 *
 * @param headers what was written with it
 * @param body the delivered bytes as UTF-8 text
 * @param state what its counters come to
 * @param dispatchedTo how many targets it matched; 0 until that is known
 * @param deliverySuccess how many of them it reached
 * @param deliveryFailed how many were given up
 */
public record StoredEvent(
        LaneHeaders headers,
        String body,
        EventState state,
        int dispatchedTo,
        int deliverySuccess,
        int deliveryFailed) {}
