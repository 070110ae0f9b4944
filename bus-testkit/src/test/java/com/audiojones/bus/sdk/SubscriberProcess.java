package com.audiojones.bus.sdk;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.subscribe.SubscribeOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A subscriber that prints what it has handled, for tests that kill it. */
final class SubscriberProcess {

    private SubscriberProcess() {}

    /** Arguments: Kafka's address, the group. */
    public static void main(String[] args) throws InterruptedException {
        EventBus bus = EventBus.connect(EventBusSettings.of(args[0], "killed"));
        bus.subscribe("audit.user", SubscribeOptions.DEFAULTS.inGroup(args[1]).withConcurrency(8), event -> {
            TimeUnit.MILLISECONDS.sleep(10);
            System.out.println("handled " + event.id() + " " + event.key());
        });
        System.out.println("subscribed");
        new CountDownLatch(1).await();
    }
}
