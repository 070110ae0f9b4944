package com.audiojones.bus.dispatcher.http;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Takes an exchange through the client to where its connection is made. */
final class ExchangeContext extends HttpClientContext {

    private final Exchange exchange;

    ExchangeContext(Exchange exchange) {
        this.exchange = exchange;
    }

    static Exchange of(@Nullable HttpContext context) {
        if (context instanceof ExchangeContext ours) {
            return ours.exchange;
        }
        throw new IllegalStateException("expected the context of an exchange, got " + context);
    }
}
