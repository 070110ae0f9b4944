package com.audiojones.bus.live;

import com.audiojones.bus.event.Priority;

/**
 * The priority of events by name.
 *
 * @param priority what they get
 * @param forced whether it counts though the event has a priority of its own
 */
public record PriorityRule(Priority priority, boolean forced) {}
