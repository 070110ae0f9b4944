package com.audiojones.bus.launcher.role;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.service.BusService;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs services in one process: starts them in order, closes them in reverse. {@link #awaitStop()} returns when the
 * process is told to stop; the shutdown hook waits until {@link #close()} is through, because partitions of a process
 * that just vanishes stay unread until its sessions end.
 */
public final class Launcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration READY_CHECK = Duration.ofMillis(5);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<BusService> services = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> resources = new CopyOnWriteArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final OpsServer ops;
    private volatile boolean started;

    /** Serves health at once, and closes everything when the process is told to end. */
    public Launcher(int opsPort) {
        this.ops = OpsServer.start(opsPort, this::notReady, metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stopAndWait));
    }

    /** Where all services of the process count. */
    public PrometheusMeterRegistry metrics() {
        return metrics;
    }

    /** The loopback port of health and metrics. */
    public int opsPort() {
        return ops.port();
    }

    /** Serves a page of JSON beside health and metrics. */
    void page(String path, Supplier<String> json) {
        ops.page(path, json);
    }

    /** Has something closed after all services that were started later. */
    public <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    /** Starts a service and closes it in its turn. */
    public void start(BusService service) {
        closing(service);
        service.start();
        services.add(service);
    }

    /**
     * Blocks until every service is ready; all have been started by now.
     *
     * @return false if the process was told to stop meanwhile
     * @throws ConfigException if they are not ready in time; the message says why
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        started = true;
        while (!notReady().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new ConfigException(notReady());
            }
            if (stop.await(READY_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Blocks until the process is told to stop. */
    public void awaitStop() throws InterruptedException {
        stop.await();
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn("{} did not close cleanly: {}", resource.getClass().getSimpleName(), e.toString());
            }
        }
        ops.close();
        closed.countDown();
    }

    /** A process is not ready before all that it consists of was started. */
    private List<String> notReady() {
        return started
                ? services.stream()
                        .flatMap(service -> service.notReady().stream())
                        .toList()
                : List.of("starting");
    }

    private void stopAndWait() {
        stop.countDown();
        try {
            if (!closed.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "did not stop within {} s; what was not finished is done again after the next start",
                        LONGEST_STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
