package com.audiojones.bus.sdk;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.AjEventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Publishes for ever and prints what is durable, for tests that kill it. */
final class SpoolingProcess {

    private static final long ROOM = 256L * 1024 * 1024;

    private SpoolingProcess() {}

    /** Arguments: Kafka's address, the spool's directory, what ids begin with. */
    public static void main(String[] args) throws InterruptedException {
        EventBus bus = EventBus.connect(EventBusSettings.of(args[0], "spooling")
                .withDeadline(Duration.ofSeconds(1))
                .withSpool(Path.of(args[1]), ROOM));
        for (int i = 0; ; i++) {
            String id = args[2] + "-" + i;
            bus.publish(AjEvent.of(AjEventType.STATUS_CHANGE, i).withId(id).withKey("one"))
                    .thenRun(() -> System.out.println("durable " + id));
            TimeUnit.MICROSECONDS.sleep(500);
        }
    }
}
