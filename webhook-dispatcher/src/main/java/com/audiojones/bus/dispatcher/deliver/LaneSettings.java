package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.AddressPolicy;
import java.time.Duration;

/**
 * What holds for each lane.
 *
 * @param requestTimeout over connection, request, headers and body of one attempt, for targets without one of their own
 * @param inFlight the most requests of the high lane at a time; the standard lane has as many, the low lane a third
 * @param windowRecords the most records of a partition under way
 * @param windowBytes the most bytes of records under way in each lane, and again in its retry topics
 * @param addresses where deliveries may go
 * @param simulate whether what targets want simulated is played
 */
public record LaneSettings(
        Duration requestTimeout,
        int inFlight,
        int windowRecords,
        long windowBytes,
        AddressPolicy addresses,
        boolean simulate) {

    int permits(Lane lane) {
        return switch (lane) {
            case HIGH, STANDARD -> inFlight;
            case LOW -> Math.max(1, inFlight / 3);
        };
    }
}
