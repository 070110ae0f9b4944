package com.audiojones.bus.live;

import com.audiojones.bus.consume.TopicFollower;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link LiveSettings} up to date from {@code bus.settings}. A change is in force as soon as it was read, usually
 * within milliseconds of its acknowledgement. A record that is no setting is passed over, with a line in the log: what was
 * in force stays. One thread of its own reads; all methods are safe from any thread.
 */
public final class LiveSettingsReader implements BusService, Supplier<LiveSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettingsReader.class);

    private final TopicFollower follower;

    /** Only the follower's thread writes it. */
    private volatile LiveSettings settings = LiveSettings.DEFAULTS;

    /**
     * Prepares the reader; {@link #start()} begins to read.
     *
     * @param kafka how the cluster is reached
     */
    public LiveSettingsReader(KafkaSettings kafka) {
        this.follower = new TopicFollower("settings", kafka, Topics.SETTINGS, this::apply);
    }

    @Override
    public String name() {
        return follower.name();
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public List<String> notReady() {
        return follower.notReady();
    }

    /** {@return what is in force now; the defaults until it was read} */
    @Override
    public LiveSettings get() {
        return settings;
    }

    /** {@return completed when everything written before the start is in force} */
    public CompletableFuture<Void> loaded() {
        return follower.caughtUp();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void apply(String key, byte @Nullable [] value) {
        LiveSetting setting = LiveSetting.of(key).orElse(null);
        if (setting == null) {
            LOG.warn("settings: key in bus.settings: expected one of {}, got {}; passed over", LiveSetting.keys(), key);
            return;
        }
        try {
            settings = LiveSettingsCodec.with(settings, setting, value);
            LOG.info("settings: {} is now {}", key, LiveSettingsCodec.view(settings, setting));
        } catch (InvalidSettingException e) {
            LOG.warn("settings: what was written to bus.settings is passed over: {}", e.reason());
        }
    }
}
