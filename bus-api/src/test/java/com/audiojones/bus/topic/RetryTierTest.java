package com.audiojones.bus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.lane.Lane;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTierTest {

    @Test
    void theTopicsOfAllTiersAreTheRetryTopicsOfTheCatalogue() {
        assertThat(Arrays.stream(Lane.values())
                        .flatMap(lane -> RetryTier.topics(lane).stream())
                        .toList())
                .isEqualTo(Topics.all().stream()
                        .map(TopicSpec::name)
                        .filter(name -> name.startsWith("webhook.retry."))
                        .toList())
                .hasSize(24);
    }

    @Test
    void tiersAreInTheOrderOfTheirDelays() {
        assertThat(RetryTier.values()).isSortedAccordingTo(Comparator.comparing(RetryTier::delay));
    }

    @ParameterizedTest
    @EnumSource(RetryTier.class)
    void aTopicTellsItsTier(RetryTier tier) {
        for (Lane lane : Lane.values()) {
            assertThat(RetryTier.ofTopic(tier.topic(lane))).contains(tier);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bus.lane.high", "webhook.dlq", "webhook.retry.low.3s", "webhook.retry.low", "x.2s", ""})
    void anyOtherTopicHasNone(String topic) {
        assertThat(RetryTier.ofTopic(topic)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S,     S2, S2",
        "PT0S,      S2, S2",
        "PT1.999S,  S2, S2",
        "PT2S,      S2, S2",
        "PT2.001S,  S2, S4",
        "PT4S,      S4, S4",
        "PT5S,      S5, S5",
        "PT7S,      S5, S8",
        "PT8S,      S8, S8",
        "PT10S,     S8, S16",
        "PT16S,     S16, S16",
        "PT30S,     S16, M1",
        "PT1M,      M1, M1",
        "PT9M59S,   M1, M10",
        "PT10M,     M10, M10",
        "PT59M59S,  M10, H1",
        "PT1H,      H1, H1",
        "PT80H,     H1, H1"
    })
    void aWaitGoesThroughTheTierWithinItOrTheOneCoveringIt(Duration wait, RetryTier within, RetryTier covering) {
        assertThat(RetryTier.within(wait)).isEqualTo(within);
        assertThat(RetryTier.covering(wait)).isEqualTo(covering);
    }
}
