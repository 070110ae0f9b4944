package com.audiojones.bus.launcher;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of the dispatchers' consumer groups: who owns which lane partition, and what is committed. */
final class DispatcherGroups implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String PREFIX = "ajbus-dispatcher";
    private static final Set<String> LANES =
            Arrays.stream(Lane.values()).map(Lane::topic).collect(Collectors.toSet());

    private final Admin admin;

    DispatcherGroups(KafkaSettings kafka) {
        this.admin = Admin.create(kafka.admin("test-groups"));
    }

    /** The lane partitions of each member of any group of the dispatchers, by member id. */
    Map<String, Set<TopicPartition>> owners() throws InterruptedException {
        Map<String, Set<TopicPartition>> owners = new HashMap<>();
        await(admin.describeConsumerGroups(groups()).all()).values().forEach(group -> group.members()
                .forEach(member -> owners.put(member.consumerId(), lanePartitions(member))));
        return owners;
    }

    /** The next offset to be read after a restart, by partition, lanes and retry topics alike. */
    Map<TopicPartition, Long> committed() throws InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> all = groups().stream()
                .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (Map<TopicPartition, OffsetAndMetadata> offsets :
                await(admin.listConsumerGroupOffsets(all).all()).values()) {
            offsets.forEach((partition, offset) -> committed.merge(partition, offset.offset(), Math::max));
        }
        return committed;
    }

    /** All partitions of the retry topics. */
    Set<TopicPartition> retryPartitions() throws InterruptedException {
        Set<String> topics = await(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith("webhook.retry."))
                .collect(Collectors.toSet());
        return await(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }

    /** Where the given partitions end now. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await(admin.listOffsets(latest).all());
        Map<TopicPartition, Long> ends = new HashMap<>();
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    private List<String> groups() throws InterruptedException {
        return await(admin.listGroups().all()).stream()
                .map(group -> group.groupId())
                .filter(id -> id.startsWith(PREFIX))
                .toList();
    }

    private static Set<TopicPartition> lanePartitions(MemberDescription member) {
        Set<TopicPartition> partitions = new HashSet<>(member.assignment().topicPartitions());
        partitions.removeIf(partition -> !LANES.contains(partition.topic()));
        return partitions;
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the broker did not answer", e);
        }
    }
}
