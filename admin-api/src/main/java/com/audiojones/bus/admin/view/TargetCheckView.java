package com.audiojones.bus.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * Whether a target could be saved.
 *
 * @param problem what is not as it must be, one sentence; null: nothing
 */
public record TargetCheckView(@Nullable String problem) {}
