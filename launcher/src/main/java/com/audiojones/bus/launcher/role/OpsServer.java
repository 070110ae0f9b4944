package com.audiojones.bus.launcher.role;

import com.audiojones.bus.config.ConfigException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /healthz, /readyz, /metrics} of a process on loopback. */
final class OpsServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private OpsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves at once.
     *
     * @param port the loopback port; 0: any free one
     * @param notReady why the process is not ready, asked anew for each request
     * @throws ConfigException if the port is in use
     */
    static OpsServer start(int port, Supplier<List<String>> notReady, PrometheusMeterRegistry metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/healthz", exchange -> answer(exchange, OK, TEXT, "alive\n"));
            server.createContext("/readyz", exchange -> ready(exchange, notReady.get()));
            server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS, metrics.scrape()));
            server.createContext(
                    "/",
                    exchange -> answer(
                            exchange, 404, TEXT, "try /healthz, /readyz, /metrics or, of a dispatcher, /targets\n"));
            server.start();
            return new OpsServer(server);
        } catch (IOException e) {
            throw new ConfigException(
                    "ops.port " + port + " on 127.0.0.1 cannot be used: " + e.getMessage()
                            + "; choose another with --ops-port or the setting ops.port",
                    e);
        }
    }

    /** Serves a further page, JSON made anew for each request. */
    void page(String path, Supplier<String> json) {
        server.createContext(path, exchange -> answer(exchange, OK, JSON, json.get()));
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void ready(HttpExchange exchange, List<String> reasons) throws IOException {
        if (reasons.isEmpty()) {
            answer(exchange, OK, TEXT, "ready\n");
        } else {
            answer(exchange, UNAVAILABLE, TEXT, String.join("\n", reasons) + "\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
