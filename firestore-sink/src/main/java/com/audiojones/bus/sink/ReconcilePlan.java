package com.audiojones.bus.sink;

import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetVault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes the targets in force those of the store.
 *
 * @param changed what the topic lacks or has otherwise
 * @param gone ids that the store has not
 * @param lost how many of them are ordinary targets; hidden ones go by themselves
 * @param inForce how many ordinary targets the topic has
 */
record ReconcilePlan(List<Target> changed, List<String> gone, int lost, int inForce) {

    private static final int FEW = 20;
    private static final int MAX_LOST_PERCENT = 20;

    /** Copies the lists in. */
    ReconcilePlan {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }

    /**
     * Compares.
     *
     * @param topic the topic's values by target id
     * @param stored the store's targets
     * @param vault how secrets are kept in the topic
     */
    static ReconcilePlan of(Map<String, byte[]> topic, List<Target> stored, TargetVault vault) {
        Set<String> storedIds = stored.stream().map(Target::id).collect(Collectors.toSet());
        List<String> ordinary = topic.keySet().stream()
                .filter(id -> !isHidden(id, topic, vault))
                .toList();
        return new ReconcilePlan(
                stored.stream()
                        .filter(target -> !Arrays.equals(topic.get(target.id()), vault.toJson(target)))
                        .toList(),
                topic.keySet().stream()
                        .filter(id -> !storedIds.contains(id))
                        .sorted()
                        .toList(),
                (int) ordinary.stream().filter(id -> !storedIds.contains(id)).count(),
                ordinary.size());
    }

    /**
     * A store that has lost its targets looks like one whose targets were all deleted.
     *
     * @return why somebody must confirm the removals, empty if nobody need
     */
    Optional<String> refusal() {
        if (!isTooMuch(lost, inForce)) {
            return Optional.empty();
        }
        return Optional.of("the store lacks " + lost + " of the " + inForce
                + " targets in force; restore them, or start once with " + SinkSettings.CONFIRM_TARGET_REMOVAL
                + "=true (AJ_BUS_SINK_CONFIRM_TARGET_REMOVAL) if they are meant to go");
    }

    /** {@return whether so many ordinary targets of those in force are not to go without somebody's word} */
    static boolean isTooMuch(int lost, int inForce) {
        boolean all = lost > 0 && lost == inForce;
        boolean many = lost > FEW && lost * 100L > (long) inForce * MAX_LOST_PERCENT;
        return all || many;
    }

    private static boolean isHidden(String id, Map<String, byte[]> topic, TargetVault vault) {
        try {
            return vault.fromJson(id, topic.getOrDefault(id, new byte[0])).isHidden();
        } catch (InvalidTargetException e) {
            return false;
        }
    }
}
