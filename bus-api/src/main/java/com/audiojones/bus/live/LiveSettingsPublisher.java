package com.audiojones.bus.live;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Puts settings in force for every process. Safe for use by many threads. */
public interface LiveSettingsPublisher {

    /**
     * Sets one setting anew, or back to its default. Blocks until it is durable; each process goes by it as soon as it has
     * read it, usually within milliseconds.
     *
     * @param setting which one
     * @param json its value, UTF-8; null: its default
     * @throws InvalidSettingException if it cannot be used; nothing was written
     * @throws KafkaException if it could not be written; writing it again is safe
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void publish(LiveSetting setting, byte @Nullable [] json) throws InvalidSettingException, InterruptedException;
}
