package com.audiojones.bus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A webhook receiver on a free loopback port that keeps what arrives and answers as the test says. */
public final class ScriptedReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> script = request -> Answer.ok();

    /**
     * One request as it arrived.
     *
     * @param path the path of the URL
     * @param headers the first value of each header, names in lower case
     * @param body the raw body as text
     */
    public record Request(String path, Map<String, String> headers, String body) {

        /** The value of a header, null if it did not come. */
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What the receiver says.
     *
     * @param status the HTTP status
     * @param headers further headers
     * @param body the body
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** 200. */
        public static Answer ok() {
            return of(200);
        }

        /** A status without anything else. */
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "{}");
        }
    }

    private ScriptedReceiver(HttpServer server) {
        this.server = server;
    }

    /** Listens at once and answers 200 until told otherwise. */
    public static ScriptedReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedReceiver receiver = new ScriptedReceiver(server);
            server.setExecutor(receiver.threads);
            server.createContext("/", receiver::handle);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers by this from now on. */
    public void answer(Function<Request, Answer> newScript) {
        script = newScript;
    }

    /** Where to send to. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What has arrived so far, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(exchange.getRequestURI().getPath(), headers, body);
        requests.add(request);
        Answer answer = script.apply(request);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
