package com.audiojones.bus.admin;

import com.audiojones.bus.admin.problem.ErrorMapper;
import com.audiojones.bus.admin.problem.JettyProblems;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.config.ConfigException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.BindException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: a virtual thread per request, problems as JSON, no word about what it is made of. */
final class AdminServer {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int STOP_MILLIS = 2_000;
    private static final int IDLE_CONNECTION_AT_STOP_MILLIS = 50;

    private final String host;
    private final int port;
    private final Javalin javalin;

    /** Prepares a server; {@code routes} gets to add its own behind the error handling. */
    AdminServer(String host, int port, MeterRegistry meters, Consumer<RoutesConfig> routes) {
        this.host = host;
        this.port = port;
        this.javalin = Javalin.create(config -> {
            quiet(config);
            jetty(config);
            config.concurrency.useVirtualThreads = true;
            config.http.prefer405over404 = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.requestLogger.http(new RequestMeter(meters));
            config.router.javaLangErrorHandler(JettyProblems::answer);
            ErrorMapper errors = new ErrorMapper();
            config.routes.exception(Exception.class, errors);
            config.routes.exception(HttpResponseException.class, errors::handle);
            config.routes.before(ctx -> Json.SECURITY_HEADERS.forEach(ctx::header));
            routes.accept(config.routes);
        });
    }

    /**
     * Serves from now on.
     *
     * @throws ConfigException if the address cannot be listened on
     */
    void start() {
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw new ConfigException(problem(e), e);
        }
    }

    /** The port that is listened on. */
    int port() {
        return javalin.port();
    }

    /** Takes no more requests, gives those under way two seconds, and ends. */
    void stop() {
        try {
            javalin.jettyServer().server().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("requests were cut off at the stop: {}", e.toString());
        }
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
    }

    private void jetty(JavalinConfig config) {
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            server.insertHandler(new GracefulHandler());
            server.setErrorHandler(new JettyProblems());
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyProblems()));
        config.jetty.addConnector(this::connector);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setShutdownIdleTimeout(IDLE_CONNECTION_AT_STOP_MILLIS);
        return connector;
    }

    private String problem(JavalinException failure) {
        String address = "admin.port " + port + " on " + host;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return address + " is in use: stop the process that holds it or choose another with --http-port";
            }
        }
        return address + ": expected an address to listen on, got: " + failure.getMessage();
    }
}
