package com.audiojones.bus.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Speed and CPU time between two looks at how much has arrived: from the moment a twentieth has arrived until all has. Start and
 * group membership stay outside. CPU time is that of this process alone.
 */
public final class ArrivalWindow {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final int CPU_PER = 10_000;

    private final Arrivals arrivals;
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * What was seen.
     *
     * @param arrived all arrivals
     * @param perSecond arrivals a second
     * @param cpuSeconds CPU-seconds of this process per 10,000 arrivals
     */
    public record Speed(int arrived, double perSecond, double cpuSeconds) {}

    private record Look(int arrived, long atNanos, long cpuNanos) {}

    /** Tells how much has arrived since the pass began. */
    public interface Arrivals {
        /** Looks. */
        int count() throws InterruptedException;
    }

    /** Looks there. */
    public ArrivalWindow(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /**
     * Blocks until so much has arrived.
     *
     * @throws IllegalStateException if nothing more arrives for a minute
     */
    public Speed await(int expected) throws InterruptedException {
        Look first = awaitAtLeast(Math.max(1, expected / 20));
        Look last = awaitAtLeast(expected);
        int deliveries = Math.max(1, last.arrived() - first.arrived());
        double seconds = Math.max(1, last.atNanos() - first.atNanos()) / 1e9;
        double cpuSeconds = (last.cpuNanos() - first.cpuNanos()) / 1e9;
        return new Speed(last.arrived(), deliveries / seconds, cpuSeconds * CPU_PER / deliveries);
    }

    private Look awaitAtLeast(int count) throws InterruptedException {
        Look look = look();
        long movedAt = look.atNanos();
        while (look.arrived() < count) {
            Thread.sleep(POLL);
            int before = look.arrived();
            look = look();
            movedAt = look.arrived() > before ? look.atNanos() : movedAt;
            if (look.atNanos() - movedAt > STANDSTILL.toNanos()) {
                throw new IllegalStateException("expected " + count + " to arrive, got no more than " + before
                        + " within " + STANDSTILL.toSeconds() + " s");
            }
        }
        return look;
    }

    private Look look() throws InterruptedException {
        return new Look(arrivals.count(), System.nanoTime(), system.getProcessCpuTime());
    }
}
