package com.audiojones.bus.launcher.role;

import com.audiojones.bus.kafka.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes members of the bus's consumer groups that a killed process left behind, so that the next start has their
 * partitions at once instead of after their session. Only for a broker that this process alone uses: the lock on the
 * data directory proves that no member is alive.
 */
final class DeadMembers {

    private static final Logger LOG = LoggerFactory.getLogger(DeadMembers.class);
    private static final String OUR_GROUPS = "ajbus-";
    private static final int TIMEOUT_SECONDS = 10;

    private DeadMembers() {}

    static void remove(KafkaSettings kafka) throws InterruptedException {
        try (Admin admin = Admin.create(kafka.admin("ajbus-dead-members"))) {
            List<String> groups = admin.listGroups().all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).stream()
                    .map(GroupListing::groupId)
                    .filter(group -> group.startsWith(OUR_GROUPS))
                    .toList();
            Map<String, ConsumerGroupDescription> described =
                    admin.describeConsumerGroups(groups).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            for (ConsumerGroupDescription group : described.values()) {
                if (!group.members().isEmpty()) {
                    admin.removeMembersFromConsumerGroup(group.groupId(), new RemoveMembersFromConsumerGroupOptions())
                            .all()
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("members left by a killed process stay until their session ends: {}", e.toString());
        }
    }
}
