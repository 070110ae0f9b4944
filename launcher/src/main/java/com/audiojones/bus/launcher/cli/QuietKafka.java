package com.audiojones.bus.launcher.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Commands that a person waits for say themselves when Kafka cannot be reached; its clients' warnings would bury that. */
final class QuietKafka {

    private QuietKafka() {}

    static void begin() {
        for (String name : List.of("org.apache.kafka", "org.apache.kafka.clients")) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
