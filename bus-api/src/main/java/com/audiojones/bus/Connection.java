package com.audiojones.bus;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether Kafka is there. Stateless. */
final class Connection {

    private Connection() {}

    /**
     * Blocks until Kafka has answered, up to the deadline.
     *
     * @throws BusUnavailableException if it does not, or refuses
     */
    static void check(EventBusSettings settings) {
        String servers = settings.kafka().bootstrapServers();
        Admin admin = Admin.create(settings.kafka().admin(settings.application() + "-connect"));
        try {
            var _ = admin.describeCluster().clusterId().get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BusUnavailableException("Kafka at " + servers + " refuses: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new BusUnavailableException(
                    "Kafka at " + servers + " did not answer within "
                            + settings.deadline().toMillis()
                            + " ms: check the address, and that both sides speak TLS or neither does",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while Kafka at " + servers + " was asked", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
