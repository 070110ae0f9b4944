package com.audiojones.bus.subscribe;

/**
 * What became of the records that a subscription has read so far.
 *
 * @param handled acknowledged by the handler
 * @param failedAttempts attempts that failed
 * @param deadLettered given up, and written to the group's dead-letter topic
 * @param expired not handed over, as their time to live had passed
 * @param inFlight taken on and not yet settled, those included that wait for their next attempt or for their key
 */
public record SubscriptionCounts(long handled, long failedAttempts, long deadLettered, long expired, int inFlight) {}
