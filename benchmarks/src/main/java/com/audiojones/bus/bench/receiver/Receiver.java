package com.audiojones.bus.bench.receiver;

import com.audiojones.bus.bench.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The receiver in its process, seen from the one that measures. Paths say how it answers, see {@link HttpReceiver}. */
public final class Receiver implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(25);

    private final Child child;
    private final HttpClient http = HttpClient.newHttpClient();

    private Receiver(Child child) {
        this.child = child;
    }

    /** Starts one; blocks until it listens. */
    public static Receiver start(Path directory) throws IOException, InterruptedException {
        return new Receiver(Child.start("receiver", ReceiverMain.class, directory, List.of("-Xmx512m")));
    }

    /** The URL of a path. */
    public String url(String path) {
        return "http://127.0.0.1:" + child.port() + path;
    }

    /** How much arrived on all paths that begin so, since the last reset. */
    public int count(String prefix) throws InterruptedException {
        return Integer.parseInt(ask("count" + prefix));
    }

    /** The latencies of all paths that begin so, since the last reset: nanoseconds, sorted. */
    public long[] latencies(String prefix) throws InterruptedException {
        long[] latencies =
                ask("latencies" + prefix).lines().mapToLong(Long::parseLong).toArray();
        Arrays.sort(latencies);
        return latencies;
    }

    /** Forgets what arrived so far. */
    public void reset() throws InterruptedException {
        ask("reset");
    }

    /**
     * Blocks until so much has arrived on the paths that begin so, or the time is over.
     *
     * @return how much arrived
     */
    public int awaitCount(String prefix, int expected, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        int count = count(prefix);
        while (count < expected && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
            count = count(prefix);
        }
        return count;
    }

    @Override
    public void close() {
        http.shutdownNow();
        child.close();
    }

    private String ask(String question) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url("/control/" + question)))
                    .timeout(ANSWER)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException("the receiver did not answer: " + e, e);
        }
    }
}
