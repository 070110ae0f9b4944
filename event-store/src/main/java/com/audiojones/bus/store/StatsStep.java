package com.audiojones.bus.store;

import com.audiojones.bus.stats.EventBusMetrics;
import java.time.Instant;

/**
 * Figures of one step of a series.
 *
 * @param begin when the step begins; it ends where the next one does
 * @param events what became of what was taken in during it
 */
public record StatsStep(Instant begin, EventBusMetrics events) {}
