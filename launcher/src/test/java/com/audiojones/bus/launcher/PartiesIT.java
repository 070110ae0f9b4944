package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.topic.Party;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalogue of parties says of a bus that runs is so. */
class PartiesIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void everyGroupReadsWhatTheCatalogueSays() throws Exception {
        Map<String, Set<String>> expected = new TreeMap<>();
        Stream.of(Party.values()).forEach(party -> expected.putAll(party.groups()));

        try (DevBus bus = DevBus.start(new Options(directory, 0, 0, 0, false));
                Admin kafka =
                        Admin.create(Map.of("bootstrap.servers", bus.endpoints().kafka()))) {
            assertThat(bus.awaitReady()).isTrue();

            await().atMost(SOON).untilAsserted(() -> assertThat(assignments(kafka, expected.keySet()))
                    .isEqualTo(expected));
            assertThat(kafka.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
        }
    }

    /** Which topics each group's members have, without those that Kafka Streams keeps for itself. */
    private static Map<String, Set<String>> assignments(Admin kafka, Set<String> groups) throws Exception {
        return kafka.describeConsumerGroups(groups).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, group -> group.getValue().members().stream()
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .map(TopicPartition::topic)
                        .filter(topic -> !topic.startsWith(Party.STATUS_PREFIX))
                        .collect(Collectors.toSet())));
    }
}
