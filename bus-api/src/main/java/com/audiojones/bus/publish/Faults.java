package com.audiojones.bus.publish;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What failures say about Kafka. Stateless. */
final class Faults {

    private Faults() {}

    /** The record can never be written, however often it is tried. */
    static boolean isOfTheRecord(Exception failure) {
        return failure instanceof RecordTooLargeException;
    }

    /** Kafka is there, and others may publish. */
    static boolean isOfThePublisher(Exception failure) {
        return isOfTheRecord(failure)
                || failure instanceof AuthorizationException
                || failure instanceof InvalidTopicException
                || failure instanceof InterruptException;
    }
}
