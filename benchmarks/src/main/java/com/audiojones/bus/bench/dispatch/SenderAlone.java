package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.dispatcher.http.PostHeaders;
import com.audiojones.bus.service.BusVersion;
import com.audiojones.bus.target.AddressGuard;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The dispatcher's own HTTP sender without the bus around it: what the bus cannot be faster than. */
final class SenderAlone implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpSender sender;
    private final Semaphore permits;
    private final int concurrency;
    private final AtomicInteger failures = new AtomicInteger();

    SenderAlone(int concurrency) {
        this.concurrency = concurrency;
        this.permits = new Semaphore(concurrency);
        this.sender = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), BusVersion.current(), concurrency);
    }

    /** Sends so many to the URLs in turn, no more than the concurrency at a time; blocks until all are answered. */
    void sendAll(int count, List<URI> urls, byte[] body, RequestHeaders headers) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            send(urls.get(i % urls.size()), body, headers.of(i));
        }
        permits.acquire(concurrency);
        permits.release(concurrency);
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " requests to the receiver failed");
        }
    }

    /** Sends one as soon as the concurrency allows, and returns. */
    void send(URI url, byte[] body, PostHeaders headers) throws InterruptedException {
        permits.acquire();
        var unused = sender.post(url, body, headers, DEADLINE).whenComplete((outcome, failure) -> {
            permits.release();
            if (!(outcome instanceof HttpOutcome.Answered answer) || answer.status() != 200) {
                failures.incrementAndGet();
            }
        });
    }

    @Override
    public void close() {
        sender.close();
    }
}
