package com.audiojones.bus.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's controller and broker over one formatted directory, wired as {@code KafkaRaftServer} wires them, which itself
 * has no room for sockets that are bound already and for fault handlers that leave the process alone.
 */
final class KafkaServers {
    private static final Duration HANDOVER_LIMIT = Duration.ofSeconds(5);
    private static final Duration METADATA_POLL = Duration.ofMillis(2);
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServers.class);

    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    KafkaServers(KafkaConfig config, ServerSocketFactory sockets, FaultHandlerFactory faults) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = stored._1().clusterId().orElseThrow();
        this.shared = new SharedServer(
                config,
                stored._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults,
                sockets);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
        this.broker = new BrokerServer(shared);
    }

    /** Blocks until clients are answered, and find the broker in their first metadata. */
    void start() {
        controller.startup();
        broker.startup();
        while (!broker.metadataCache().hasAliveBroker(BrokerSettings.NODE_ID)) {
            LockSupport.parkNanos(METADATA_POLL.toNanos());
        }
    }

    /** Stops what runs, also after a start that failed half-way. */
    void stop() {
        attempt("broker", () -> broker.shutdown(HANDOVER_LIMIT));
        attempt("controller", controller::shutdown);
        // A start that failed inside the part that both share leaves its metadata log open.
        attempt("metadata log", shared::ensureNotRaftLeader);
    }

    private static void attempt(String part, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LOG.warn("Kafka's {} did not stop in order", part, e);
        }
    }
}
