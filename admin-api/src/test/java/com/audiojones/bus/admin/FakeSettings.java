package com.audiojones.bus.admin;

import com.audiojones.bus.live.InvalidSettingException;
import com.audiojones.bus.live.LiveSetting;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.live.LiveSettingsCodec;
import com.audiojones.bus.live.LiveSettingsPublisher;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings in memory, in force at once. */
final class FakeSettings implements LiveSettingsPublisher, Supplier<LiveSettings> {

    private LiveSettings settings = LiveSettings.DEFAULTS;

    @Override
    public synchronized void publish(LiveSetting setting, byte @Nullable [] json) throws InvalidSettingException {
        settings = LiveSettingsCodec.with(settings, setting, json);
    }

    @Override
    public synchronized LiveSettings get() {
        return settings;
    }
}
