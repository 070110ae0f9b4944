package com.audiojones.bus.dispatcher.http;

import com.audiojones.bus.target.AddressGuard;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * POSTs bodies. Redirects are not followed, nothing is repeated on its own, answers are not decompressed, the system's
 * proxies are not used. Safe for use by many threads; answers arrive on the client's I/O threads.
 */
public final class HttpSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

    /** Without a charset parameter: JSON is UTF-8, and receivers may compare the header to the letter. */
    private static final ContentType JSON = ContentType.create("application/json");

    /** Below the 5 seconds after which common servers close idle connections: a request must not cross such a close. */
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(2);

    private final CloseableHttpAsyncClient client;
    private final ScheduledExecutorService deadlines;
    private final String userAgent;

    /**
     * Starts the client's threads.
     *
     * @param version what the User-Agent says
     * @param maxRequests the most requests under way at a time: each finds a connection at once, since the deadline runs
     *     from the call
     */
    public HttpSender(AddressGuard guard, String version, int maxRequests) {
        this.userAgent = "AJ-Event-Bus/" + version;
        this.client = HttpAsyncClientBuilder.create()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedDnsResolver(guard))
                        .setMaxConnTotal(maxRequests)
                        .setMaxConnPerRoute(maxRequests)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .setIoReactorExceptionCallback(
                        e -> LOG.debug("a connection broke outside of any exchange: {}", e.toString()))
                .evictIdleConnections(TimeValue.of(IDLE_CONNECTION))
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("http-deadlines").daemon().factory());
        client.start();
    }

    /**
     * Sends one request and returns at once.
     *
     * @param deadline over everything: connection, request, headers and body of the answer
     * @return what it came to; never completes exceptionally
     */
    public CompletableFuture<HttpOutcome> post(URI url, byte[] body, Map<String, String> headers, Duration deadline) {
        long startedAt = System.nanoTime();
        CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
        Future<HttpAnswer> exchange = client.execute(
                SimpleRequestProducer.create(request(url, body, headers, deadline)),
                new BoundedBody(),
                new Completion(outcome, startedAt));
        ScheduledFuture<?> timer =
                deadlines.schedule(() -> exchange.cancel(true), deadline.toMillis(), TimeUnit.MILLISECONDS);
        return outcome.whenComplete((result, failure) -> timer.cancel(false));
    }

    private SimpleHttpRequest request(URI url, byte[] body, Map<String, String> headers, Duration deadline) {
        SimpleRequestBuilder request =
                SimpleRequestBuilder.post(url).setBody(body, JSON).setHeader("User-Agent", userAgent);
        headers.forEach(request::setHeader);
        return request.setRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(deadline))
                        .setResponseTimeout(Timeout.of(deadline))
                        .build())
                .build();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /** Turns the client's three ways of ending into one value. */
    private record Completion(CompletableFuture<HttpOutcome> outcome, long startedAt)
            implements FutureCallback<HttpAnswer> {

        @Override
        public void completed(HttpAnswer answer) {
            outcome.complete(new HttpOutcome.Answered(answer.status(), answer.excerpt(), took()));
        }

        @Override
        public void failed(Exception failure) {
            HttpError error = HttpError.of(failure);
            outcome.complete(new HttpOutcome.Unanswered(error, sentence(failure), took()));
        }

        @Override
        public void cancelled() {
            outcome.complete(new HttpOutcome.Unanswered(
                    HttpError.TIMEOUT, "no complete answer within " + took().toMillis() + " ms", took()));
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }

        private static String sentence(@Nullable Exception failure) {
            String message = failure == null ? null : failure.getMessage();
            return message == null ? String.valueOf(failure) : message;
        }
    }
}
