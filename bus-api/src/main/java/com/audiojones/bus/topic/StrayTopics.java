package com.audiojones.bus.topic;

import com.audiojones.bus.kafka.KafkaSettings;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;

/**
 * Lists topics that look like those that publishers write to and are none of them: whatever is in them, nobody reads it.
 *
 * @param kafka how the cluster is reached
 */
public record StrayTopics(KafkaSettings kafka) implements Callable<Set<String>> {

    private static final int TIMEOUT_MILLIS = 5_000;

    /**
     * Asks the cluster; blocks up to 5 seconds.
     *
     * @return their names, in order
     * @throws KafkaException if the cluster does not answer in time or does not allow it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    @Override
    public Set<String> call() throws InterruptedException {
        try (Admin admin = Admin.create(kafka.admin("ajbus-stray-topics"))) {
            return admin.listTopics(new ListTopicsOptions().timeoutMs(TIMEOUT_MILLIS)).names().get().stream()
                    .filter(StrayTopics::isStray)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
        }
    }

    static boolean isStray(String topic) {
        return (topic.startsWith("audit.") || topic.startsWith("events."))
                && Topics.family(topic).isEmpty();
    }
}
