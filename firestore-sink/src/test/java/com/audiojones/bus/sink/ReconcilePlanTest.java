package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetVault;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcilePlanTest {

    @Test
    void onlyWhatDiffersIsPublishedAndWhatTheStoreLacksGoes() {
        Target same = Targets.target("same");
        Target changed = Targets.target("changed").changed(2, Targets.TIME);
        Target added = Targets.target("added");
        Map<String, byte[]> topic = topic(same, Targets.target("changed"), Targets.target("gone"));

        ReconcilePlan plan = ReconcilePlan.of(topic, List.of(same, changed, added), TargetVault.CLEAR);

        assertThat(plan).isEqualTo(new ReconcilePlan(List.of(changed, added), List.of("gone"), 1, 3));
        assertThat(plan.refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "5, 5, false",
        "1, 0, true",
        "25, 0, true",
        "25, 5, false",
        "25, 4, true",
        "100, 80, false",
        "100, 79, true",
        "1000, 800, false",
        "1000, 799, true"
    })
    void removingAllOrManyIsRefused(int inForce, int kept, boolean refused) {
        Target[] all = IntStream.range(0, inForce)
                .mapToObj(i -> Targets.target("t" + i))
                .toArray(Target[]::new);

        ReconcilePlan plan = ReconcilePlan.of(topic(all), List.of(all).subList(0, kept), TargetVault.CLEAR);

        assertThat(plan.refusal().isPresent()).isEqualTo(refused);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        assertThat(new ReconcilePlan(List.of(), List.of("t1"), 1, 1).refusal())
                .contains(
                        "the store lacks 1 of the 1 targets in force; restore them, or start once with"
                                + " sink.confirm-target-removal=true (AJ_BUS_SINK_CONFIRM_TARGET_REMOVAL) if they are meant to go");
    }

    @Test
    void hiddenTargetsGoWithoutBeingCounted() {
        Map<String, byte[]> topic = topic(Targets.hidden("h1", Targets.TIME), Targets.hidden("h2", Targets.TIME));

        ReconcilePlan plan = ReconcilePlan.of(topic, List.of(), TargetVault.CLEAR);

        assertThat(plan).isEqualTo(new ReconcilePlan(List.of(), List.of("h1", "h2"), 0, 0));
        assertThat(plan.refusal()).isEmpty();
    }

    @Test
    void aRecordThatIsNoTargetCountsAsOne() {
        Map<String, byte[]> topic = Map.of("t1", "no JSON".getBytes(StandardCharsets.UTF_8));

        assertThat(ReconcilePlan.of(topic, List.of(), TargetVault.CLEAR).refusal())
                .isPresent();
    }

    private static Map<String, byte[]> topic(Target... targets) {
        Map<String, byte[]> topic = new HashMap<>();
        for (Target target : targets) {
            topic.put(target.id(), TargetCodec.toJson(target));
        }
        return topic;
    }
}
