package com.audiojones.bus.admin;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.live.LiveSettingsPublisher;
import com.audiojones.bus.target.TargetPublisher;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What the API changes for other processes, and reads of theirs; all of it stays open.
 *
 * @param targets puts targets in force
 * @param settings puts settings in force
 * @param live the settings in force
 * @param strays lists topics that look like those publishers write to and are none
 * @param states what dispatchers found out about targets, by their ids
 */
public record AdminTopics(
        TargetPublisher targets,
        LiveSettingsPublisher settings,
        Supplier<LiveSettings> live,
        Callable<Set<String>> strays,
        Supplier<Map<String, TargetState>> states) {}
