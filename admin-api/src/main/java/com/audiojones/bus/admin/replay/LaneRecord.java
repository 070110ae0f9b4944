package com.audiojones.bus.admin.replay;

import com.audiojones.bus.lane.LaneHeaders;

/**
 * A lane record that sends a stored event once more, with its own id and bytes.
 *
 * @param headers the record's headers
 * @param body the delivered bytes as UTF-8 text
 */
record LaneRecord(LaneHeaders headers, String body) {}
