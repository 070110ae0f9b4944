package com.audiojones.bus.dispatcher.http;

import com.audiojones.bus.target.AddressGuard;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * POSTs bodies. Redirects are not followed, nothing is repeated on its own, answers are not decompressed, the system's
 * proxies are not used. Safe for use by many threads; answers arrive on the client's I/O threads.
 */
public final class HttpSender implements AutoCloseable {

    /** Without a charset parameter: JSON is UTF-8, and receivers may compare the header to the letter. */
    private static final ContentType JSON = ContentType.create("application/json");

    /** Long enough that a burst of new connections asks once, short enough to follow a target that moves. */
    private static final Duration ADDRESSES_KEPT = Duration.ofSeconds(5);

    private final AddressBook names;
    private final CloseableHttpAsyncClient client;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final String userAgent;

    /**
     * Starts the client's threads.
     *
     * @param guard judges every address that is dialled
     * @param version what the User-Agent says
     * @param maxRequests the most requests under way at a time, whoever they go to: each finds a connection at once,
     *     since the deadline runs from the call
     */
    public HttpSender(AddressGuard guard, String version, int maxRequests) {
        this(
                new AddressBook(NameLookup.SYSTEM, guard, ADDRESSES_KEPT),
                version,
                maxRequests,
                SSLContexts.createDefault());
    }

    HttpSender(AddressBook names, String version, int maxRequests, SSLContext tls) {
        this.userAgent = "AJ-Event-Bus/" + version;
        this.names = names;
        this.client = ApacheClient.create(names, tls, maxRequests);
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("http-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
        client.start();
    }

    /**
     * Sends one request and returns at once.
     *
     * @param headers beside {@code User-Agent} and {@code Content-Type}
     * @param deadline over everything: name lookup, connection, request, headers and body of the answer
     * @return what it came to; never completes exceptionally
     */
    public CompletableFuture<HttpOutcome> post(URI url, byte[] body, PostHeaders headers, Duration deadline) {
        Exchange exchange = new Exchange(underWay::remove);
        underWay.add(exchange);
        try {
            exchange.endsAt(deadlines.schedule(exchange::deadlinePassed, deadline.toNanos(), TimeUnit.NANOSECONDS));
            JsonPost post =
                    new JsonPost(request(url, headers), new BasicEntityDetails(body.length, JSON), body, exchange);
            exchange.runs(
                    client.execute(post, new BoundedAnswer(exchange), null, new ExchangeContext(exchange), exchange));
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
        if (deadlines.isShutdown()) {
            exchange.senderClosed();
        }
        return exchange.outcome();
    }

    private HttpRequest request(URI url, PostHeaders headers) {
        HttpRequest request = new BasicHttpRequest(Method.POST, url);
        request.addHeader("User-Agent", userAgent);
        headers.writeTo(request::addHeader);
        return request;
    }

    /** Ends what is under way; its outcomes say {@link HttpError#STOPPED}. */
    @Override
    public void close() {
        deadlines.shutdownNow();
        underWay.forEach(Exchange::senderClosed);
        client.close(CloseMode.IMMEDIATE);
        names.close();
    }
}
