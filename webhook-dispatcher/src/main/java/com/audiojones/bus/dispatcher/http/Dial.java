package com.audiojones.bus.dispatcher.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the making: tries a name's addresses in turn until one takes the connection. Cancelled, it closes
 * the socket whatever state that is in; the client by itself would leave one open that waits for the other side's TLS.
 */
final class Dial {

    private final FutureCallback<ManagedAsyncClientConnection> client;
    private final ConnectionInitiator initiator;
    private final Opener opener;
    private final ComplexFuture<ManagedAsyncClientConnection> future = new ComplexFuture<>(new End());
    private volatile @Nullable IOSession session;

    /** Dials one address. */
    @FunctionalInterface
    interface Opener {
        Future<ManagedAsyncClientConnection> open(
                ConnectionInitiator initiator,
                InetAddress address,
                FutureCallback<ManagedAsyncClientConnection> callback);
    }

    Dial(FutureCallback<ManagedAsyncClientConnection> client, ConnectionInitiator initiator, Opener opener) {
        this.client = client;
        this.initiator = initiator;
        this.opener = opener;
    }

    /** The connection; to be cancelled to give up. */
    Future<ManagedAsyncClientConnection> future() {
        return future;
    }

    /** To be called once, with the judged addresses. */
    void start(CompletableFuture<List<InetAddress>> lookup) {
        var unused = lookup.whenComplete((addresses, failure) -> {
            if (addresses != null) {
                next(addresses.iterator());
            } else {
                future.failed(failure instanceof Exception e ? e : new IOException(failure));
            }
        });
    }

    private void next(Iterator<InetAddress> untried) {
        if (future.isDone()) {
            return;
        }
        try {
            Try dialled = new Try(untried);
            future.setDependency(opener.open(this::openSession, untried.next(), dialled));
            dialled.proceed();
        } catch (RuntimeException e) {
            future.failed(e);
        }
    }

    private Future<IOSession> openSession(
            NamedEndpoint name,
            SocketAddress address,
            SocketAddress from,
            Timeout timeout,
            Object attachment,
            FutureCallback<IOSession> callback) {
        return initiator.connect(name, address, from, timeout, attachment, new CallbackContribution<>(callback) {
            @Override
            public void completed(IOSession opened) {
                session = opened;
                if (future.isCancelled()) {
                    opened.close(CloseMode.IMMEDIATE);
                }
                callback.completed(opened);
            }
        });
    }

    /** One address being dialled. */
    private final class Try implements FutureCallback<ManagedAsyncClientConnection> {
        private final Iterator<InetAddress> untried;
        private final AtomicBoolean halfway = new AtomicBoolean();

        Try(Iterator<InetAddress> untried) {
            this.untried = untried;
        }

        @Override
        public void completed(ManagedAsyncClientConnection connection) {
            if (!future.completed(connection)) {
                connection.close(CloseMode.IMMEDIATE);
            }
        }

        /** An address that speaks TLS wrongly has answered for the name; one that cannot be reached has not. */
        @Override
        public void failed(Exception failure) {
            if (untried.hasNext() && failure instanceof IOException && !(failure instanceof SSLException)) {
                proceed();
            } else {
                future.failed(failure);
            }
        }

        @Override
        public void cancelled() {
            future.cancel(true);
        }

        /** Goes on when the dial is known as what to cancel and has failed, in either order. */
        private void proceed() {
            if (!halfway.compareAndSet(false, true)) {
                next(untried);
            }
        }
    }

    /** The end of the whole. */
    private final class End implements FutureCallback<ManagedAsyncClientConnection> {

        @Override
        public void completed(ManagedAsyncClientConnection connection) {
            client.completed(connection);
        }

        @Override
        public void failed(Exception failure) {
            client.failed(failure);
        }

        @Override
        public void cancelled() {
            IOSession opened = session;
            if (opened != null) {
                opened.close(CloseMode.IMMEDIATE);
            }
            client.cancelled();
        }
    }
}
