package com.audiojones.bus.dispatcher.target;

import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.target.TargetVault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets in force. Filled by one thread from the records of {@code webhook.targets}, read by all lanes.
 */
final class TargetTable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTable.class);

    private final Map<String, TargetRoute> routes = new ConcurrentHashMap<>();
    private final @Nullable Secret sharedSecret;
    private final AddressPolicy addresses;
    private final TargetVault vault;
    private final Consumer<String> removed;
    private volatile boolean fed;

    /**
     * Starts empty; targets without a secret are signed with {@code sharedSecret}.
     *
     * @param removed told of each target that is removed, by the thread that fills the table
     */
    TargetTable(@Nullable Secret sharedSecret, AddressPolicy addresses, Consumer<String> removed, TargetVault vault) {
        this.vault = vault;
        this.sharedSecret = sharedSecret;
        this.addresses = addresses;
        this.removed = removed;
    }

    /** Takes in one record; of two records of a target the one with the higher version holds. */
    void apply(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            return;
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (id.equals(TargetTopic.FEED_KEY)) {
            fed = value != null;
        } else if (value == null) {
            routes.remove(id);
            removed.accept(id);
        } else {
            put(id, value);
        }
    }

    private void put(String id, byte[] value) {
        try {
            TargetRoute route = TargetRoute.of(vault.fromJson(id, value), sharedSecret, addresses);
            routes.merge(
                    id,
                    route,
                    (old, fresh) -> fresh.target().version() >= old.target().version() ? fresh : old);
        } catch (InvalidTargetException e) {
            LOG.warn("a target in webhook.targets is passed over: key '{}': {}", beginning(id), e.reason());
        }
    }

    private static String beginning(String id) {
        return id.substring(0, Math.min(id.length(), 128));
    }

    /** Whether the topic was seen to hold a whole set of targets; before that an empty table means nothing. */
    boolean isFed() {
        return fed;
    }

    /** The targets of an event: the one it names, or all that want it. Evaluated once per event. */
    List<TargetRoute> matching(LaneHeaders event, byte[] body, Instant now) {
        String only = event.onlyTarget();
        if (only != null) {
            TargetRoute route = routes.get(only);
            return route == null || isGone(route.target(), now) ? List.of() : List.of(route);
        }
        List<TargetRoute> matching = new ArrayList<>();
        for (TargetRoute route : routes.values()) {
            if (route.target().wants(event.name(), event.eventType()) && route.passes(body)) {
                matching.add(route);
            }
        }
        return matching;
    }

    @Nullable
    TargetRoute route(String id) {
        return routes.get(id);
    }

    Collection<TargetRoute> routes() {
        return List.copyOf(routes.values());
    }

    private static boolean isGone(Target target, Instant now) {
        return target.expiresAt() != null && target.expiresAt().isBefore(now);
    }
}
