package com.audiojones.bus.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's two listening sockets, bound before Kafka starts: so a port in use is found at once, and a free port
 * cannot be taken by another process between its choice and its use. Clients that connect early wait in the backlog.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackSockets.class);

    private final ServerSocketChannel client;
    private final ServerSocketChannel controller;

    private LoopbackSockets(ServerSocketChannel client, ServerSocketChannel controller) {
        this.client = client;
        this.controller = controller;
    }

    /** Binds both; a client port of 0 means any free one, as the controller's port always is. */
    static LoopbackSockets bind(int clientPort) {
        ServerSocketChannel client = bindOne(clientPort);
        try {
            return new LoopbackSockets(client, bindOne(0));
        } catch (BrokerStartException e) {
            closeQuietly(client);
            throw e;
        }
    }

    int clientPort() {
        return client.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        Map<String, ServerSocketChannel> byListener = Map.of(
                BrokerSettings.CLIENT_LISTENER, client,
                BrokerSettings.CONTROLLER_LISTENER, controller);
        ServerSocketChannel socket = byListener.get(listenerName);
        if (socket == null) {
            throw new IOException("listener: expected one of " + byListener.keySet() + ", got " + listenerName);
        }
        socket.configureBlocking(false);
        return socket;
    }

    @Override
    public void close() {
        closeQuietly(client);
        closeQuietly(controller);
    }

    private static ServerSocketChannel bindOne(int port) {
        ServerSocketChannel socket = null;
        try {
            socket = ServerSocketChannel.open();
            return socket.bind(new InetSocketAddress(BrokerSettings.HOST, port));
        } catch (IOException | IllegalArgumentException e) {
            if (socket != null) {
                closeQuietly(socket);
            }
            throw new BrokerStartException(bindFailure(port, e), e);
        }
    }

    private static String bindFailure(int port, Exception cause) {
        if (cause instanceof BindException && port != 0) {
            return "port %d on %s is in use: stop the process that holds it or choose another with --kafka-port"
                    .formatted(port, BrokerSettings.HOST);
        }
        return "port %d on %s: expected a port that can be bound, got: %s"
                .formatted(port, BrokerSettings.HOST, cause.getMessage());
    }

    private static void closeQuietly(ServerSocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a listening socket was not closed in order", e);
        }
    }
}
