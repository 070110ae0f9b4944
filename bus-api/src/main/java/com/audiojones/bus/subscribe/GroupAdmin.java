package com.audiojones.bus.subscribe;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.topic.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** What a group of subscribers needs of the cluster. Every call has a deadline. Safe for use by many threads. */
final class GroupAdmin implements AutoCloseable {

    /** Stands between a member's name and the pattern that it subscribed to. */
    private static final String PATTERN_MARK = "~";

    private final KafkaSettings kafka;
    private final Duration deadline;
    private final Admin admin;

    GroupAdmin(KafkaSettings kafka, String clientId, Duration deadline) {
        this.kafka = kafka;
        this.deadline = deadline;
        this.admin = Admin.create(kafka.admin(clientId));
    }

    /** The client id by which others see what a member subscribed to. */
    static String clientId(String name, String pattern) {
        return name + PATTERN_MARK + pattern;
    }

    /**
     * Members of one group share its records, so all of them must want the same ones.
     *
     * @throws SubscriptionException if one that runs does not
     */
    void checkSamePattern(String group, String pattern) {
        Optional<ConsumerGroupDescription> found = existing(group);
        found.stream()
                .flatMap(description -> description.members().stream())
                .map(member -> member.clientId())
                .filter(id -> id.contains(PATTERN_MARK))
                .map(id -> id.substring(id.indexOf(PATTERN_MARK) + 1))
                .filter(other -> !other.equals(pattern))
                .findFirst()
                .ifPresent(other -> {
                    throw new SubscriptionException("group " + group + ": expected the pattern '" + other
                            + "' of its running members, got '" + pattern
                            + "': each event goes to one member, so give this subscription a group of its own");
                });
    }

    private Optional<ConsumerGroupDescription> existing(String group) {
        try {
            return await(
                            "describe group " + group,
                            admin.describeConsumerGroups(List.of(group)).all())
                    .values()
                    .stream()
                    .findFirst();
        } catch (SubscriptionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes topics that are missing, as large as the cluster's defaults say. */
    void create(List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.name(), Optional.of(1), Optional.empty()).configs(spec.brokerConfig()))
                .toList();
        admin.createTopics(topics).values().forEach((name, made) -> {
            try {
                var _ = await("make topic " + name, made);
            } catch (SubscriptionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        });
    }

    /** Has a group that never committed anything begin where the topics end now. */
    void beginNow(String group, Collection<String> topics) {
        if (committed(group).isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> ends = ends(topics).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue())));
            var _ = await(
                    "set where group " + group + " begins",
                    admin.alterConsumerGroupOffsets(group, ends).all());
        }
    }

    /** How many records of topics a group has not committed. */
    long lag(String group, Collection<String> topics) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        Map<TopicPartition, Long> beginnings = offsets(topics, OffsetSpec.earliest());
        beginnings.forEach((partition, beginning) -> {
            OffsetAndMetadata position = committed.get(partition);
            positions.put(partition, position == null ? beginning : Math.max(beginning, position.offset()));
        });
        return ends(topics).entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** The topics whose names a prefix and a suffix enclose. */
    List<String> topics(String prefix, String suffix) {
        return await("list topics", admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .sorted()
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return await(
                "read the positions of group " + group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private Map<TopicPartition, Long> ends(Collection<String> topics) {
        return offsets(topics, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Collection<String> topics, OffsetSpec which) {
        Map<String, TopicDescription> found =
                await("describe topics", admin.describeTopics(topics).allTopicNames());
        Map<TopicPartition, OffsetSpec> wanted = found.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(Function.identity(), partition -> which));
        Map<TopicPartition, ListOffsetsResultInfo> offsets = await(
                "read where topics begin and end", admin.listOffsets(wanted).all());
        return offsets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, offset -> offset.getValue()
                .offset()));
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        } catch (TimeoutException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SubscriptionException("interrupted while Kafka was asked", e);
        }
    }

    private SubscriptionException failure(String what, @Nullable Throwable cause) {
        return new SubscriptionException(
                "Kafka at " + kafka.bootstrapServers() + ": could not " + what + " within " + deadline.toSeconds()
                        + " s: " + cause,
                cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
