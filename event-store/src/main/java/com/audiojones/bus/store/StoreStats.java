package com.audiojones.bus.store;

import com.audiojones.bus.stats.EventBusMetrics;

/**
 * Figures of a window.
 *
 * @param events what became of what was taken in
 * @param quarantined records put into quarantine, by whatever role
 */
public record StoreStats(EventBusMetrics events, long quarantined) {}
