package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.live.LiveSettings;
import java.util.function.Supplier;

/**
 * All that lanes have in common.
 *
 * @param targets the targets in force
 * @param control what is known about them
 * @param live the settings in force
 * @param precedence which lane goes first on the processor
 */
public record LaneShared(
        TargetReader targets, TargetControl control, Supplier<LiveSettings> live, Precedence precedence) {}
