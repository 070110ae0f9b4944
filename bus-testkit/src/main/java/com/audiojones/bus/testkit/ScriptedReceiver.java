package com.audiojones.bus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A webhook receiver on a free loopback port that answers as the test says, path by path. It keeps what arrives, or hands
 * it on where a test sends more than it wants to keep. Takes several thousand requests a second over any number of
 * connections; a request that hangs costs a virtual thread.
 */
public final class ScriptedReceiver implements AutoCloseable {

    static {
        // The server's defaults close every idle connection beyond 200, and hold small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();

    /** In order of arrival; guarded by {@code lock}. */
    private final List<Request> requests = new ArrayList<>();

    private final Map<String, Function<Request, Answer>> scripts = new ConcurrentHashMap<>();
    private volatile Function<Request, Answer> script = request -> Answer.ok();
    private volatile BiConsumer<Request, Answer> listener = (request, answer) -> keep(request);

    /**
     * One request as it arrived.
     *
     * @param path the path of the URL
     * @param headers the first value of each header, names in lower case
     * @param body the raw body as text
     * @param arrivedAtNanos when its last byte was read, by {@link System#nanoTime()}
     */
    public record Request(String path, Map<String, String> headers, String body, long arrivedAtNanos) {

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
     * @param manner how it says it
     */
    public record Answer(int status, Map<String, String> headers, String body, Manner manner) {

        /** An answer that is given at once. */
        public Answer(int status, Map<String, String> headers, String body) {
            this(status, headers, body, new Manner.After(Duration.ZERO));
        }

        /** 200. */
        public static Answer ok() {
            return of(200);
        }

        /** A status without anything else. */
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "{}");
        }

        /** This answer, but given after a time. */
        public Answer after(Duration time) {
            return in(new Manner.After(time));
        }

        /** This answer, its body byte by byte with a pause before each. */
        public Answer dripping(Duration pause) {
            return in(new Manner.Dripping(pause));
        }

        /** No answer at all: the connection is closed once the request was read. */
        public static Answer none() {
            return ok().in(new Manner.Silent());
        }

        private Answer in(Manner other) {
            return new Answer(status, headers, body, other);
        }
    }

    /** How an answer is given. */
    public sealed interface Manner {
        /** In one piece, after a time. */
        record After(Duration time) implements Manner {}

        /** Byte by byte, with a pause before each. */
        record Dripping(Duration pause) implements Manner {}

        /** Not at all. */
        record Silent() implements Manner {}
    }

    private ScriptedReceiver(HttpServer server) {
        this.server = server;
    }

    /** Listens at once and answers 200 until told otherwise. */
    public static ScriptedReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            ScriptedReceiver receiver = new ScriptedReceiver(server);
            server.setExecutor(receiver.threads);
            server.createContext("/", receiver::handle);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers by this from now on, on every path that has no script of its own. */
    public void answer(Function<Request, Answer> newScript) {
        script = newScript;
    }

    /** Answers one path by this from now on. */
    public void answer(String path, Function<Request, Answer> newScript) {
        scripts.put(path, newScript);
    }

    /**
     * Hands every request on, with the answer it is going to get, instead of keeping it; {@link #requests()} grows no
     * more. Called before the answer is given, on the request's thread.
     */
    public void handOn(BiConsumer<Request, Answer> newListener) {
        listener = newListener;
    }

    /** Where to send to. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Where nobody listens: connections are refused. The port was free a moment ago. */
    public static String refusingUrl(String path) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has arrived so far, in order. */
    public List<Request> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void keep(Request request) {
        lock.lock();
        try {
            requests.add(request);
        } finally {
            lock.unlock();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(exchange.getRequestURI().getPath(), headers, body, System.nanoTime());
        Answer answer = scripts.getOrDefault(request.path(), script).apply(request);
        listener.accept(request, answer);
        give(answer, exchange);
        exchange.close();
    }

    private static void give(Answer answer, HttpExchange exchange) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        switch (answer.manner()) {
            case Manner.After after -> {
                pause(after.time());
                sendHead(answer.status(), bytes, exchange);
                exchange.getResponseBody().write(bytes);
            }
            case Manner.Dripping dripping -> {
                sendHead(answer.status(), bytes, exchange);
                drip(bytes, dripping.pause(), exchange.getResponseBody());
            }
            case Manner.Silent silent -> {}
        }
    }

    /** To the server 0 means a body of unknown length, and -1 none. */
    private static void sendHead(int status, byte[] body, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    }

    private static void drip(byte[] bytes, Duration pause, OutputStream out) throws IOException {
        out.flush();
        for (byte b : bytes) {
            pause(pause);
            out.write(b);
            out.flush();
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the receiver is being closed");
        }
    }
}
