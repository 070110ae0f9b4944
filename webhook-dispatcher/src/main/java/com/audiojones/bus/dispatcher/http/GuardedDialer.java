package com.audiojones.bus.dispatcher.http;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Opens the client's connections: looks the name up without holding up a thread of the client, and dials the very
 * addresses the guard has judged. There is no second lookup in which a name could be re-pointed. The name stays what TLS
 * asks for and verifies, and what the Host header says.
 */
final class GuardedDialer implements AsyncClientConnectionOperator {

    private final AddressBook names;
    private final AsyncClientConnectionOperator client;

    /**
     * Guards a client's own way of connecting.
     *
     * @param client dials what it is given
     */
    GuardedDialer(AddressBook names, AsyncClientConnectionOperator client) {
        this.names = names;
        this.client = client;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable Path unixSocket,
            @Nullable NamedEndpoint endpoint,
            @Nullable SocketAddress from,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            @Nullable HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        Dial dial = new Dial(callback, initiator, (opener, address, opened) -> {
            HttpHost judged = new HttpHost(host.getSchemeName(), address, host.getHostName(), host.getPort());
            return client.connect(opener, judged, null, endpoint, from, timeout, attachment, context, opened);
        });
        ExchangeContext.of(context).dials(dial.future());
        dial.start(names.find(bare(host.getHostName())));
        return dial.future();
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            @Nullable SocketAddress from,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return connect(initiator, host, null, null, from, timeout, attachment, null, callback);
    }

    /** No protocol is changed on a connection that is open. */
    @Override
    public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, @Nullable Object attachment) {
        throw new UnsupportedOperationException("upgrade of " + host);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
