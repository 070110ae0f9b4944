package com.audiojones.bus.sdk;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.testkit.TestBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker and an application for each test. */
abstract class SubscribingTest {

    protected static final Duration SOON = Duration.ofSeconds(60);

    protected final List<String> seen = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    protected TestBus kafka;
    protected EventBus bus;

    @BeforeEach
    void start() throws InterruptedException {
        kafka = TestBus.start(directory);
        bus = connect("tests");
    }

    @AfterEach
    void stop() {
        bus.close();
        kafka.close();
    }

    protected EventBus connect(String application) {
        return EventBus.connect(EventBusSettings.of(kafka.kafka().bootstrapServers(), application));
    }
}
