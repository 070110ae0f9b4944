package com.audiojones.bus.admin.target;

import com.audiojones.bus.consume.TopicFollower;
import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What dispatchers found out about targets, from {@code webhook.target-state}. One thread of its own reads; all methods
 * are safe from any thread.
 */
public final class TargetStates implements BusService, Supplier<Map<String, TargetState>> {

    private static final Logger LOG = LoggerFactory.getLogger(TargetStates.class);

    /** Beside targets the topic has dispatchers, whose keys begin so. */
    private static final String DISPATCHER = "_";

    private final TopicFollower follower;

    /** The follower's thread alone writes. */
    private final Map<String, TargetState> states = new ConcurrentHashMap<>();

    /**
     * Prepares the reader; {@link #start()} begins to read.
     *
     * @param kafka how the cluster is reached
     */
    public TargetStates(KafkaSettings kafka) {
        this.follower = new TopicFollower("admin-target-states", kafka, Topics.TARGET_STATE, this::apply);
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

    /** {@return the newest state of each target that anything was found out about, by its id} */
    @Override
    public Map<String, TargetState> get() {
        return Map.copyOf(states);
    }

    @Override
    public void close() {
        follower.close();
    }

    private void apply(String key, byte @Nullable [] value) {
        if (value == null) {
            states.remove(key);
        } else if (!key.startsWith(DISPATCHER)) {
            try {
                states.merge(key, TargetState.fromJson(value), (old, state) -> old.outweighs(state) ? old : state);
            } catch (InvalidRecordException e) {
                LOG.warn("state of target {} is passed over: {}", key, e.getMessage());
            }
        }
    }
}
