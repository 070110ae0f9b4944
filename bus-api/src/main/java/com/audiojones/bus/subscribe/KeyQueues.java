package com.audiojones.bus.subscribe;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks, those of one partition and key one after the other. Where a task ends without an outcome since its partition
 * went, those behind it do too: none of them overtakes it. What comes when the partition is back waits for them to end,
 * and is worked on. Safe for use by many threads.
 */
final class KeyQueues {

    /** The first one of each queue runs. */
    private final Map<Key, Deque<HandlerTask>> queues = new HashMap<>();

    private record Key(TopicPartition partition, ByteBuffer key) {}

    /** Runs a task now, or behind the one that the key has. */
    void run(ConsumerRecord<byte[], byte[]> record, HandlerTask task, boolean ordered) {
        if (!ordered || record.key() == null) {
            var _ = start(null, task);
            return;
        }
        Key key = new Key(new TopicPartition(record.topic(), record.partition()), ByteBuffer.wrap(record.key()));
        synchronized (queues) {
            Deque<HandlerTask> queue = queues.get(key);
            if (queue != null) {
                HandlerTask last = queue.getLast();
                task.setEpoch(last.isEnding() ? last.epoch() + 1 : last.epoch());
                queue.addLast(task);
                return;
            }
            queue = new ArrayDeque<>();
            queue.addLast(task);
            queues.put(key, queue);
        }
        var _ = start(key, task);
    }

    private Thread start(@Nullable Key key, HandlerTask task) {
        return Thread.ofVirtual().name("event-bus-task").start(() -> {
            boolean next = task.run();
            if (key != null) {
                ended(key, task, next);
            }
        });
    }

    private void ended(Key key, HandlerTask task, boolean next) {
        HandlerTask following;
        synchronized (queues) {
            Deque<HandlerTask> queue = queues.get(key);
            if (queue == null || queue.peekFirst() != task) {
                return;
            }
            queue.removeFirst();
            if (!next) {
                queue.stream().filter(behind -> behind.epoch() == task.epoch()).forEach(HandlerTask::stop);
            }
            following = queue.peekFirst();
            if (following == null) {
                queues.remove(key);
                return;
            }
        }
        var _ = start(key, following);
    }
}
