package com.audiojones.bus.testkit.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.testkit.guarantee.Judgement.Repeats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtLeastOnceTest {

    private static final Pair E1_A = new Pair("e-1", "a");
    private static final Pair E1_B = new Pair("e-1", "b");

    private final AtLeastOnce ledger = new AtLeastOnce("a run", 42);

    @Test
    void whatIsAcceptedIsKept() {
        ledger.published("e-1", List.of("a", "b"));
        ledger.arrived(accepted(E1_A, 1));
        ledger.arrived(accepted(E1_B, 2));

        assertThatCode(() -> ledger.judgement().assertKept()).doesNotThrowAnyException();
        assertThat(ledger.unfinished()).isZero();
        assertThat(ledger.judgement().summary())
                .isEqualTo("a run, seed 42: 2 pairs acknowledged, lost 0, delivered 2, ended otherwise {}, "
                        + "unacknowledged 0, wrong ids 0, duplicates 0 ()");
    }

    @Test
    void eachTargetOfAnEventCountsAlone() {
        ledger.published("e-1", List.of("a", "b"));
        ledger.arrived(accepted(E1_A, 1));

        assertThat(ledger.unfinished()).isEqualTo(1);
        assertThat(ledger.judgement().lost()).containsExactly(E1_B);
        assertThatThrownBy(() -> ledger.judgement().assertKept())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost 1")
                .hasMessageContaining("Pair[eventId=e-1, targetId=b]");
    }

    @Test
    void anArrivalMayOvertakeTheAcknowledgement() {
        ledger.arrived(accepted(E1_A, 1));
        assertThat(ledger.judgement().unacknowledged()).isEqualTo(1);

        ledger.published("e-1", List.of("a"));

        assertThat(ledger.unfinished()).isZero();
        assertThat(ledger.judgement().unacknowledged()).isZero();
        assertThat(ledger.judgement().published()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedAndNeverAcceptedIsLost() {
        ledger.published("e-1", List.of("a"));
        ledger.arrived(refused(E1_A, 1));

        assertThat(ledger.judgement().lost()).containsExactly(E1_A);
    }

    @Test
    void theRequestAfterARefusedOneIsARetryAndNoDuplicate() {
        ledger.published("e-1", List.of("a"));
        ledger.arrived(refused(E1_A, 1));
        ledger.arrived(refused(E1_A, 2));
        ledger.arrived(accepted(E1_A, 3));

        assertThat(ledger.judgement().duplicates()).isZero();
        assertThat(ledger.judgement().lost()).isEmpty();
    }

    @Test
    void aDeadLetterIsAnEnd() {
        ledger.published("e-1", List.of("a"));
        ledger.arrived(refused(E1_A, 1));
        ledger.endedOtherwise(E1_A, "dead-lettered");
        ledger.endedOtherwise(E1_A, "dead-lettered");

        assertThat(ledger.unfinished()).isZero();
        assertThat(ledger.judgement().lost()).isEmpty();
        assertThat(ledger.judgement().otherEnds()).isEqualTo(Map.of("dead-lettered", 1));
    }

    @Test
    void duplicatesBelongToWhatHappenedLastBeforeThem() {
        ledger.published("e-1", List.of("a", "b"));
        ledger.arrived(accepted(E1_A, 1));
        ledger.marked("kill 1", 10);
        ledger.arrived(accepted(E1_A, 11));
        ledger.arrived(accepted(E1_B, 12));
        ledger.marked("kill 2", 20);
        ledger.arrived(accepted(E1_B, 20));
        ledger.arrived(refused(E1_B, 25));

        Judgement judgement = ledger.judgement();

        assertThat(judgement.repeats()).containsExactly(new Repeats("kill 1", 1, null), new Repeats("kill 2", 2, null));
        assertThat(judgement.duplicates()).isEqualTo(3);
        assertThat(judgement.summary()).endsWith("duplicates 3 (kill 1 1, kill 2 2)");
    }

    @Test
    void duplicatesBeforeAnyMarkAreNamed() {
        ledger.published("e-1", List.of("a"));
        ledger.arrived(accepted(E1_A, 1));
        ledger.arrived(accepted(E1_A, 2));
        ledger.marked("kill", 3);

        assertThat(ledger.judgement().repeats())
                .containsExactly(new Repeats("before", 1, null), new Repeats("kill", 0, null));
    }

    @Test
    void moreDuplicatesAfterAKillThanWereUncommittedBreakThePromise() {
        ledger.published("e-1", List.of("a", "b"));
        ledger.arrived(accepted(E1_A, 1));
        ledger.arrived(accepted(E1_B, 2));
        ledger.marked("kill 1", 10, 1);
        ledger.arrived(accepted(E1_A, 11));
        ledger.marked("broker restart", 20);
        ledger.arrived(accepted(E1_A, 21));
        ledger.arrived(accepted(E1_B, 22));
        assertThatCode(() -> ledger.judgement().assertKept()).doesNotThrowAnyException();

        ledger.arrived(accepted(E1_B, 12));

        assertThatThrownBy(() -> ledger.judgement().assertKept())
                .hasMessageContaining("duplicates 4 (kill 1 2 of at most 1, broker restart 2)")
                .hasMessageContaining("too many duplicates: [Repeats[after=kill 1, count=2, most=1]]");
    }

    @Test
    void anotherWebhookIdBreaksThePromise() {
        Arrival foreign = new Arrival(E1_A, E1_B.webhookId(), true, 2);
        ledger.published("e-1", List.of("a"));
        ledger.arrived(accepted(E1_A, 1));
        ledger.arrived(foreign);

        assertThat(ledger.judgement().wrongIds()).containsExactly(foreign);
        assertThatThrownBy(() -> ledger.judgement().assertKept()).hasMessageContaining("wrong ids 1");
    }

    @Test
    void noWebhookIdBreaksThePromise() {
        ledger.published("e-1", List.of("a"));
        ledger.arrived(new Arrival(E1_A, null, true, 1));

        assertThatThrownBy(() -> ledger.judgement().assertKept()).hasMessageContaining("wrong ids 1");
    }

    private static Arrival accepted(Pair pair, long at) {
        return new Arrival(pair, pair.webhookId(), true, at);
    }

    private static Arrival refused(Pair pair, long at) {
        return new Arrival(pair, pair.webhookId(), false, at);
    }
}
