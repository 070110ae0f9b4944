package com.audiojones.bus.sdk;

import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;

/** Brokers that go and come back on the same port. */
final class Brokers {

    private Brokers() {}

    static EmbeddedBroker start(Path directory, int port) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
        TestBus.of(broker).close();
        return broker;
    }
}
