package com.audiojones.bus.dispatcher.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.target.TargetVault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetTableTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00Z");

    private final List<String> removed = new ArrayList<>();
    private final TargetTable table = new TargetTable(
            new Secret("a-shared-secret-of-32-characters-or-more"),
            new AddressPolicy(new AddressGuard(List.of()), false),
            removed::add,
            TargetVault.CLEAR);

    @Test
    void anEmptyTopicIsNoSetOfTargetsUntilTheFeedSaysSo() {
        assertThat(table.isFed()).isFalse();

        apply("_feed", "{}");
        assertThat(table.isFed()).isTrue();

        apply("_feed", null);
        assertThat(table.isFed()).isFalse();
    }

    @Test
    void whatIsRemovedIsTold() {
        apply("gone", target(1, "\"events\":[]"));
        apply("there", target(1, "\"events\":[]"));
        assertThat(removed).isEmpty();

        apply("gone", null);

        assertThat(removed).containsExactly("gone");
        assertThat(matching(null)).containsExactly("there");
    }

    @Test
    void targetsMatchByNameOrType() {
        apply("by-name", target(1, "\"events\":[\"audit.user\"]"));
        apply("by-type", target(1, "\"events\":[\"user.*\"]"));
        apply("all", target(1, "\"events\":[]"));
        apply("none", target(1, "\"events\":[\"status_*\"]"));
        apply("inactive", target(1, "\"active\":false"));

        assertThat(matching(null)).containsExactlyInAnyOrder("by-name", "by-type", "all");
    }

    @Test
    void aRecordThatNamesItsTargetGoesThereAloneWhateverTheFilter() {
        apply("none", target(1, "\"events\":[\"status_*\"]"));
        apply("all", target(1, "\"events\":[]"));

        assertThat(matching("none")).containsExactly("none");
        assertThat(matching("gone")).isEmpty();
    }

    @Test
    void aHiddenTargetIsOnlyMatchedByNameAndOnlyUntilItExpires() {
        apply("hidden", target(1, "\"expires_at\":\"2025-11-11T11:00:00Z\""));
        apply("expired", target(1, "\"expires_at\":\"2025-11-11T10:00:00Z\""));

        assertThat(matching(null)).isEmpty();
        assertThat(matching("hidden")).containsExactly("hidden");
        assertThat(matching("expired")).isEmpty();
    }

    @Test
    void theHigherVersionHoldsAndATombstoneRemoves() {
        apply("t", target(2, "\"events\":[\"status_*\"]"));
        apply("t", target(1, "\"events\":[]"));
        assertThat(matching(null)).isEmpty();

        apply("t", target(3, "\"events\":[]"));
        assertThat(matching(null)).containsExactly("t");

        apply("t", null);
        assertThat(matching(null)).isEmpty();
    }

    @Test
    void whatIsNoTargetIsPassedOver() {
        apply("broken", "not json");
        apply("\"".repeat(1000), target(1, "\"events\":[]"));
        apply("unusable", "{\"url\":\"ftp://x/\"}");
        table.apply(null, null);

        assertThat(matching(null)).isEmpty();
    }

    private void apply(String key, @Nullable String value) {
        table.apply(
                key.getBytes(StandardCharsets.UTF_8), value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> matching(@Nullable String only) {
        LaneHeaders event = new LaneHeaders(
                new EventId("evt_1"),
                "user.login",
                "audit.user.login",
                "audit.user",
                Priority.P1,
                NOW,
                NOW,
                null,
                1,
                null,
                null,
                only);
        return table.matching(event, BODY, NOW).stream()
                .map(route -> route.target().id())
                .toList();
    }

    private static String target(int version, String more) {
        return "{\"url\":\"https://example.com/\",\"version\":" + version + "," + more + "}";
    }
}
