package com.audiojones.bus.dispatcher.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Keeps the first 16 KiB of an answer's body and reads over the rest without keeping it. One request, one I/O thread. */
final class BoundedBody extends AbstractBinResponseConsumer<HttpAnswer> {

    private static final int KEPT_BYTES = 16 * 1024;
    private static final int WINDOW_BYTES = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private int status;

    @Override
    protected void start(HttpResponse response, @Nullable ContentType contentType) {
        status = response.getCode();
    }

    @Override
    protected int capacityIncrement() {
        return WINDOW_BYTES;
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) {
        int room = Math.min(source.remaining(), KEPT_BYTES - kept.size());
        byte[] bytes = new byte[room];
        source.get(bytes);
        kept.writeBytes(bytes);
        source.position(source.limit());
    }

    @Override
    protected HttpAnswer buildResult() {
        return new HttpAnswer(status, kept.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void releaseResources() {
        kept.reset();
    }
}
