package com.audiojones.bus.router.status;

import com.audiojones.bus.status.EventStatus;
import java.util.List;

/**
 * What a record changed.
 *
 * @param status how the event fares now
 * @param deltas what that changes in the counts
 */
record RowChange(EventStatus status, List<StatsDelta> deltas) {}
