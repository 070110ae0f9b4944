package com.audiojones.bus.launcher.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Drops what the embedded broker's own clients warn of at every ordinary stop; named in {@code logback.xml}. */
public final class BrokerNoise extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getFormattedMessage().startsWith("[NodeToControllerChannelManager")
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
