package com.audiojones.bus.consume;

import java.util.Map;

/**
 * Has records written in the transaction that commits positions.
 *
 * @param producerConfig settings of a producer; the transactional id is made of its client id
 * @param records what is written
 */
public record CommitTogether(Map<String, Object> producerConfig, PositionRecords records) {}
