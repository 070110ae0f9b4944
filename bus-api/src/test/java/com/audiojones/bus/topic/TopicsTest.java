package com.audiojones.bus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import com.audiojones.bus.kafka.KafkaSettings;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {

    @ParameterizedTest
    @CsvSource({
        "audit.billing, true",
        "events.billing, true",
        "audit.user, false",
        "events.status, false",
        "audit, false",
        "bus.lane.high, false",
        "orders, false"
    })
    void aTopicThatLooksLikeIngestAndIsNoneIsStray(String topic, boolean stray) {
        assertThat(StrayTopics.isStray(topic)).isEqualTo(stray);
    }

    @Test
    void theCatalogueIsAsAgreed() {
        String catalogue = Topics.all().stream()
                .map(spec -> spec.name() + " " + spec.size() + " " + new TreeMap<>(spec.brokerConfig()))
                .collect(Collectors.joining("\n"));

        Golden.assertSame("topics.txt", catalogue);
    }

    @Test
    void producersMayWriteTheLargestRecordOfAnyTopic() {
        int largest =
                Topics.all().stream().mapToInt(TopicSpec::maxMessageBytes).max().orElseThrow();

        assertThat(KafkaSettings.MAX_REQUEST_BYTES).isEqualTo(largest);
    }

    @ParameterizedTest
    @CsvSource({
        "user.login,            audit.user",
        "audit.user.login,      audit.user",
        "user.action.task.done, audit.user",
        "compliance.check,      audit.compliance",
        "foo.bar,               audit.system",
        "status_change,         events.status",
        "capacity_alert,        events.capacity",
        "incident_created,      events.incident",
        "alert_triggered,       events.alert",
        "system_update,         events.system",
        "never_heard_of,        events.system",
        "user,                  events.system"
    })
    void aTypeTellsItsTopic(String type, String topic) {
        assertThat(Topics.forType(type)).isEqualTo(topic);
    }
}
