package com.audiojones.bus.sdk;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Publishes one event and handles one, in a JVM whose class path lacks OpenTelemetry. */
final class UntracedProcess {

    private UntracedProcess() {}

    /** Argument: Kafka's address. */
    public static void main(String[] args) throws Exception {
        try {
            Class.forName("io.opentelemetry.context.Context");
            throw new AssertionError("expected no OpenTelemetry on the class path");
        } catch (ClassNotFoundException expected) {
            System.out.println("alone");
        }
        CountDownLatch handled = new CountDownLatch(1);
        try (EventBus bus = EventBus.connect(EventBusSettings.of(args[0], "untraced"))) {
            bus.publish("status_change", Map.of(), Map.of()).get();
            bus.subscribe("audit.user", event -> {
                System.out.println("handled " + event.id() + " of " + event.traceparent());
                handled.countDown();
            });
            handled.await();
        }
    }
}
