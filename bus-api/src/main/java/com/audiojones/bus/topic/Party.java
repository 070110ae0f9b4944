package com.audiojones.bus.topic;

import com.audiojones.bus.lane.Lane;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Those who read and write the topics of the catalogue: what a cluster with access rules has to let each of them do. */
public enum Party {
    /** Whoever publishes events. */
    PUBLISHER(Map.of(), List.of(), Topics.ingest()),
    /** The role {@code router}: routes, and counts. */
    ROUTER(
            routerGroups(),
            List.of(Topics.SETTINGS),
            join(lanes(), List.of(Topics.QUARANTINE, Topics.DECISIONS, Topics.EVENT_STATUS, Topics.STATS))),
    /** The role {@code dispatcher}. */
    DISPATCHER(
            dispatcherGroups(),
            List.of(Topics.TARGETS, Topics.TARGET_STATE, Topics.SETTINGS),
            join(
                    retries(),
                    List.of(Topics.DELIVERIES, Topics.DEAD_LETTERS, Topics.QUARANTINE, Topics.TARGET_STATE),
                    List.of(Topics.forType("alert_triggered")))),
    /** The role {@code sink}, with the feed of targets. */
    SINK(Map.of("ajbus-sink", sinkTopics()), List.of(Topics.TARGETS), List.of(Topics.QUARANTINE, Topics.TARGETS)),
    /** The role {@code admin}: writes replays, targets and settings. */
    ADMIN(Map.of(), List.of(Topics.SETTINGS), join(lanes(), List.of(Topics.TARGETS, Topics.SETTINGS))),
    /** An application that subscribes from Java; its groups and topics of its own have its name. */
    SUBSCRIBER(Map.of(), join(lanes(), List.of(Topics.DEAD_LETTERS)), List.of());

    /** What begins the names of the topics and transactions that the router's status keeps for itself. */
    public static final String STATUS_PREFIX = "ajbus-status-";

    private final Map<String, Set<String>> groups;
    private final Set<String> reads;
    private final Set<String> writes;

    Party(Map<String, Set<String>> groups, Collection<String> others, Collection<String> writes) {
        Map<String, Set<String>> sorted = new TreeMap<>(groups);
        Set<String> all = new TreeSet<>(others);
        groups.values().forEach(all::addAll);
        this.groups = sorted;
        this.reads = all;
        this.writes = new TreeSet<>(writes);
    }

    /** {@return the consumer groups it is a member of, and the topics that each of them reads; in order} */
    public Map<String, Set<String>> groups() {
        return new TreeMap<>(groups);
    }

    /** {@return the topics of the catalogue that it reads, in a group or without; in order} */
    public Set<String> reads() {
        return new TreeSet<>(reads);
    }

    /** {@return the topics of the catalogue that it writes; in order} */
    public Set<String> writes() {
        return new TreeSet<>(writes);
    }

    private static Set<String> lanes() {
        return join(Arrays.stream(Lane.values()).map(Lane::topic).toList());
    }

    private static Set<String> retries() {
        return join(Arrays.stream(Lane.values())
                .flatMap(lane -> RetryTier.topics(lane).stream())
                .toList());
    }

    private static Map<String, Set<String>> routerGroups() {
        Set<String> others = new TreeSet<>(Topics.ingest());
        others.removeAll(Topics.protectedIngest());
        return Map.of(
                "ajbus-router",
                others,
                "ajbus-router-urgent",
                join(Topics.protectedIngest()),
                "ajbus-status",
                join(lanes(), List.of(Topics.DELIVERIES, Topics.DECISIONS)));
    }

    private static Map<String, Set<String>> dispatcherGroups() {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            String group = "ajbus-dispatcher-" + lane.label();
            groups.put(group, Set.of(lane.topic()));
            groups.put(group + "-retry", join(RetryTier.topics(lane)));
        }
        return groups;
    }

    private static Set<String> sinkTopics() {
        return join(
                lanes(),
                List.of(Topics.DELIVERIES, Topics.DEAD_LETTERS, Topics.QUARANTINE, Topics.EVENT_STATUS, Topics.STATS));
    }

    @SafeVarargs
    private static Set<String> join(Collection<String>... parts) {
        Set<String> all = new TreeSet<>();
        for (Collection<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
