package com.audiojones.bus.broker;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;

/**
 * A real Kafka broker, its own controller, in this JVM and on this machine's loopback address only, for any client that
 * speaks Kafka. Several may run in one JVM, each over its own directory.
 *
 * <p>What is durable when: a record acked with {@code acks=all} is in the operating system's page cache, so it survives
 * a crash or {@code kill -9} of this process; only a crash of the machine within the seconds until the system writes it
 * out may lose it, as nothing else holds a copy. Topics, their settings and the registration of brokers are forced to
 * disk before they are answered. {@link #close} writes everything out.
 *
 * <p>A fault that Kafka cannot survive while running, such as a directory that can no longer be written, ends the
 * process with status 1 after one sentence in the log.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final BrokerDirectory directory;
    private final LoopbackSockets sockets;
    private final KafkaNode node;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(BrokerDirectory directory, LoopbackSockets sockets) {
        this.directory = directory;
        this.sockets = sockets;
        this.port = sockets.clientPort();
        this.node = new KafkaNode(
                directory.path(),
                new KafkaConfig(BrokerSettings.of(directory.path(), port, sockets.controllerPort()), false),
                sockets);
    }

    /**
     * Starts a broker and returns when it answers clients. The directory is created and formatted on first use; later
     * starts find its topics, records and offsets again, also on another port and after a crash.
     *
     * @param port where clients connect, 1 to 65535, or 0 for any free port
     * @throws BrokerStartException where the port is in use, or the directory is in use, not writable, not this
     *     broker's or damaged; nothing is left running
     */
    public static EmbeddedBroker start(Path directory, int port) {
        EmbeddedBroker broker = over(BrokerDirectory.open(directory), port);
        try {
            broker.node.start();
            return broker;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broker.close();
            throw new BrokerStartException("broker in %s could not start: interrupted".formatted(directory), e);
        } catch (BrokerStartException e) {
            broker.close();
            throw e;
        }
    }

    private static EmbeddedBroker over(BrokerDirectory directory, int port) {
        try {
            return new EmbeddedBroker(directory, LoopbackSockets.bind(port));
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker, with or without connected clients, within 20 seconds; a second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (node.stop()) {
                sockets.close();
                directory.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
