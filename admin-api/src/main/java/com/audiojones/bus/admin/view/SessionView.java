package com.audiojones.bus.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * The session of a browser.
 *
 * @param endsAt when it ends; null: there is none, or it has ended
 */
public record SessionView(@Nullable String endsAt) {}
