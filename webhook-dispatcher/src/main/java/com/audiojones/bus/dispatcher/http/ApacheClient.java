package com.audiojones.bus.dispatcher.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the HTTP client up: nothing followed, repeated, decompressed or remembered, everything bounded. */
final class ApacheClient {

    private static final Logger LOG = LoggerFactory.getLogger(ApacheClient.class);

    /** Below the 5 seconds after which common servers close idle connections: a request must not cross such a close. */
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(2);

    /** The deadline of a request ends its wait; this only bounds what a lost cancellation could leave behind. */
    private static final Timeout NET = Timeout.ofMinutes(1);

    /** Beside those in use: targets that get an event now and then must not push each other out of the pool. */
    private static final int IDLE_CONNECTIONS = 2_000;

    private static final int MAX_HEADER_LINE_CHARS = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    private ApacheClient() {}

    /** A client that is not started. */
    static CloseableHttpAsyncClient create(AddressBook names, SSLContext tls, int maxRequests) {
        return HttpAsyncClientBuilder.create()
                .setConnectionManager(connections(names, tls, maxRequests))
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE_CHARS)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(NET)
                        .setResponseTimeout(NET)
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .addExecInterceptorFirst("exchange", (request, body, scope, chain, callback) -> {
                    ExchangeContext.of(scope.clientContext).uses(scope.execRuntime);
                    chain.proceed(request, body, scope, callback);
                })
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .setIoReactorExceptionCallback(
                        e -> LOG.debug("a connection broke outside of any exchange: {}", e.toString()))
                .evictIdleConnections(TimeValue.of(IDLE_CONNECTION))
                .build();
    }

    /** As many connections to one target as there are requests: caps per target are kept by who sends. */
    private static AsyncClientConnectionManager connections(AddressBook names, SSLContext tls, int maxRequests) {
        return new GuardedConnections(names)
                .setTlsStrategy(new DefaultClientTlsStrategy(tls))
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(NET)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(NET)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .setMaxConnTotal(maxRequests + IDLE_CONNECTIONS)
                .setMaxConnPerRoute(maxRequests)
                .build();
    }

    /** Puts the guard where the client opens connections. */
    private static final class GuardedConnections extends PoolingAsyncClientConnectionManagerBuilder {

        private final AddressBook names;

        GuardedConnections(AddressBook names) {
            this.names = names;
        }

        @Override
        protected AsyncClientConnectionOperator createConnectionOperator(
                TlsStrategy tls, SchemePortResolver ports, DnsResolver ownLookup) {
            return new GuardedDialer(names, super.createConnectionOperator(tls, ports, ownLookup));
        }
    }
}
