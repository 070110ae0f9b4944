package com.audiojones.bus.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Kafka's servers, on threads of their own: bounds how long starting and stopping take, and decides what a
 * fatal fault does. While starting it fails the start; afterwards it ends the process, since a bus whose broker is gone
 * must not look alive.
 */
final class KafkaNode {
    /** Long enough to check the logs after a crash; a start beyond it hangs. */
    static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration START_END_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final Path directory;
    private final KafkaConfig config;
    private final ServerSocketFactory sockets;
    private final BrokerThreads threads;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile @Nullable Thread starter;
    private volatile @Nullable KafkaServers servers;
    private volatile boolean stopping;

    KafkaNode(Path directory, KafkaConfig config, ServerSocketFactory sockets) {
        this.directory = directory;
        this.config = config;
        this.sockets = sockets;
        this.threads = new BrokerThreads("embedded-broker", this::onFatal);
    }

    /** Blocks until the servers answer clients. After a failure {@link #stop} is still needed. */
    void start() throws InterruptedException {
        BrokerThreads.interceptExits();
        starter = threads.start("embedded-broker-start", this::startServers);
        try {
            started.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw startFailure(e);
        } catch (TimeoutException e) {
            throw startFailure(new FatalFault("expected it to answer within " + START_LIMIT, e));
        }
    }

    /**
     * Stops the servers, also half-started ones and with clients still connected.
     *
     * @return whether all stopped in time; else Kafka may still write to the directory
     */
    boolean stop() throws InterruptedException {
        stopping = true;
        boolean stopped =
                threads.start("embedded-broker-stop", this::stopServers).join(STOP_LIMIT);
        if (!stopped) {
            LOG.warn("broker in {}: expected it to stop within {}, but it still runs", directory, STOP_LIMIT);
        }
        return stopped;
    }

    private void startServers() {
        try {
            KafkaServers starting = new KafkaServers(config, sockets, this::faultHandler);
            servers = starting;
            starting.start();
            started.complete(null);
        } catch (Exception | Error e) {
            started.completeExceptionally(e);
        }
    }

    private void stopServers() {
        awaitEndOfStart();
        KafkaServers running = servers;
        if (running != null) {
            running.stop();
        }
    }

    /** A failed start stops what it started by itself; one that hangs has to be told. */
    private void awaitEndOfStart() {
        Thread starting = starter;
        try {
            if (starting != null && !starting.join(START_END_LIMIT)) {
                starting.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FaultHandler faultHandler(String part, boolean fatal, Runnable action) {
        if (!fatal) {
            return new LoggingFaultHandler(part, action);
        }
        return (message, cause) -> {
            action.run();
            onFatal("%s: %s%s".formatted(part, message, cause == null ? "" : ": " + inWords(cause)));
            return new IllegalStateException(message, cause);
        };
    }

    private void onFatal(String reason) {
        if (stopping || started.completeExceptionally(new FatalFault(reason, null))) {
            return;
        }
        if (!started.isCompletedExceptionally()) {
            LOG.error(
                    "broker in {}: Kafka cannot go on ({}); the process ends, what was acknowledged is kept",
                    directory,
                    reason);
            Runtime.getRuntime().halt(1);
        }
    }

    private BrokerStartException startFailure(Throwable cause) {
        return new BrokerStartException(
                "broker in %s could not start: %s (where its files are damaged, move them away to start with an empty broker)"
                        .formatted(directory, inWords(cause)),
                cause);
    }

    /** What went wrong in Kafka's words: the outermost ones name the file, while those below only say how it broke. */
    private static String inWords(Throwable failure) {
        Throwable speaking = failure;
        while (speaking.getCause() != null && speaking instanceof ExecutionException) {
            speaking = speaking.getCause();
        }
        return speaking instanceof FatalFault ? String.valueOf(speaking.getMessage()) : speaking.toString();
    }

    private static final class FatalFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FatalFault(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }
}
