package com.audiojones.bus.launcher.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Drops what Kafka warns of at every ordinary start and stop; named in {@code logback.xml}. */
public final class KafkaNoise extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return isOfBrokerThatStops(message) || isOfTopicsBeingMade(message) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** The embedded broker's own clients lose it before they end. */
    private static boolean isOfBrokerThatStops(String message) {
        return message.startsWith("[NodeToControllerChannelManager");
    }

    /** Kafka Streams asks for topics of its own that it is just making. */
    private static boolean isOfTopicsBeingMade(String message) {
        return message.startsWith("[Consumer clientId=ajbus-status-") && message.contains("-repartition=UNKNOWN_TOPIC");
    }
}
