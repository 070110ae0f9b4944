package com.audiojones.bus.dispatcher.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer: its status, what the rules need of its headers, the beginning of its body. A body longer than 1 MiB
 * is not read to its end; the answer counts as it is and its connection is closed. One I/O thread.
 */
final class BoundedAnswer implements AsyncResponseConsumer<HttpOutcome.Answered> {

    private static final int MAX_READ_BYTES = 1024 * 1024;
    private static final int WINDOW_BYTES = 64 * 1024;
    private static final int HEADER_CHARS = 100;

    private final Exchange exchange;
    private final Excerpt excerpt = new Excerpt();
    private @Nullable HttpResponse response;
    private @Nullable FutureCallback<HttpOutcome.Answered> callback;
    private long readBytes;

    BoundedAnswer(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void consumeResponse(
            HttpResponse head,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpOutcome.Answered> whenRead) {
        if (entity == null) {
            whenRead.completed(answer(head));
        } else {
            response = head;
            callback = whenRead;
        }
    }

    @Override
    public void informationResponse(HttpResponse head, HttpContext context) {}

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(WINDOW_BYTES);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        readBytes += source.remaining();
        excerpt.add(source);
        if (readBytes > MAX_READ_BYTES && response != null) {
            exchange.completed(answer(response));
            throw new IOException("the answer's body is longer than " + MAX_READ_BYTES + " bytes");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (response != null && callback != null) {
            callback.completed(answer(response));
        }
    }

    private HttpOutcome.Answered answer(HttpResponse head) {
        return new HttpOutcome.Answered(
                head.getCode(),
                header(head, "Retry-After"),
                header(head, "webhook-delivery"),
                excerpt.text(),
                excerpt.truncated(),
                exchange.timing());
    }

    private static @Nullable String header(HttpResponse head, String name) {
        Header header = head.getFirstHeader(name);
        if (header == null || header.getValue() == null) {
            return null;
        }
        String value = header.getValue();
        return value.length() > HEADER_CHARS ? value.substring(0, HEADER_CHARS) : value;
    }

    /** The exchange is told by the client's callback. */
    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
}
