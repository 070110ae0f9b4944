package com.audiojones.bus.bench.measure;

import com.audiojones.bus.bench.process.Broker;
import com.audiojones.bus.bench.receiver.Receiver;
import com.audiojones.bus.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A broker and a receiver in processes of their own, in a temporary directory that is removed again. */
public final class Lab implements AutoCloseable {

    private final Path directory;
    private final Broker broker;
    private final Receiver receiver;

    private Lab(Path directory, Broker broker, Receiver receiver) {
        this.directory = directory;
        this.broker = broker;
        this.receiver = receiver;
    }

    /** Starts both; blocks until they are there. */
    public static Lab open() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("ajbus-bench");
        Broker broker = Broker.start(directory);
        return new Lab(directory, broker, Receiver.start(directory));
    }

    /** How the broker is reached. */
    public KafkaSettings kafka() {
        return broker.kafka();
    }

    /** The receiver. */
    public Receiver receiver() {
        return receiver;
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
