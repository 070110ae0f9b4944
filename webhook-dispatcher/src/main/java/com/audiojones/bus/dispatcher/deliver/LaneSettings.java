package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.target.AddressPolicy;
import java.time.Duration;

/**
 * What holds for each lane.
 *
 * @param requestTimeout over connection, request, headers and body of one attempt
 * @param inFlight the most requests of one lane at a time
 * @param batchRecords the most lane records taken on between two commits
 * @param addresses where deliveries may go
 */
public record LaneSettings(Duration requestTimeout, int inFlight, int batchRecords, AddressPolicy addresses) {}
