package com.audiojones.bus.dispatcher.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Writes one request's bytes to its connection, once. One I/O thread. */
final class JsonPost implements AsyncRequestProducer {

    private final HttpRequest request;
    private final EntityDetails entity;
    private final ByteBuffer body;
    private final Exchange exchange;
    private boolean connected;

    JsonPost(HttpRequest request, EntityDetails entity, byte[] body, Exchange exchange) {
        this.request = request;
        this.entity = entity;
        this.body = ByteBuffer.wrap(body);
        this.exchange = exchange;
    }

    @Override
    public void sendRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        channel.sendRequest(request, entity, context);
    }

    /** At least once is kept by who sends, so that nothing is repeated unseen. */
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public int available() {
        return body.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (!connected) {
            connected = true;
            exchange.connected();
        }
        channel.write(body);
        if (!body.hasRemaining()) {
            channel.endStream(null);
        }
    }

    /** The exchange is told by the client's callback. */
    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
}
