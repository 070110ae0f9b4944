package com.audiojones.bus.publish;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** Closes producers. Stateless. */
final class Producers {

    private Producers() {}

    /** Closes within a time, also on a thread that is interrupted, and stays interrupted. Zero: drops what is in flight. */
    static void close(Producer<byte[], byte[]> producer, Duration within) {
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(within);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
