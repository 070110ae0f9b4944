package com.audiojones.bus.admin.view;

import com.audiojones.bus.stats.BusHealth;
import com.audiojones.bus.stats.EventBusMetrics;
import com.audiojones.bus.topic.Topics;
import java.util.Collection;
import java.util.List;

/**
 * How the bus does.
 *
 * @param status {@code healthy}, {@code degraded} with one or two issues, {@code down} with more
 * @param issues one sentence each, with the next step
 * @param strayTopics topics that look like those publishers write to and are none: what is in them is read by nobody
 * @param quietTopics topics that nothing was published to during the window
 * @param window the window as it was asked for
 */
public record HealthView(
        String status, List<String> issues, List<String> strayTopics, List<String> quietTopics, String window) {

    /**
     * {@return the view of a bus}
     *
     * @param events its figures
     * @param strays topics that look like those publishers write to and are none
     * @param window the window as it was asked for
     */
    public static HealthView of(EventBusMetrics events, Collection<String> strays, String window) {
        BusHealth health = BusHealth.of(events);
        return new HealthView(
                health.status().label(),
                health.issues(),
                List.copyOf(strays),
                Topics.ingest().stream()
                        .filter(topic -> !events.topicDistribution().containsKey(topic))
                        .toList(),
                window);
    }
}
