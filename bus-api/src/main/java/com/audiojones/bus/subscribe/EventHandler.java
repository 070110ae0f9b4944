package com.audiojones.bus.subscribe;

/**
 * Works on events and may block. Returning is the acknowledgement; whatever it throws is a failed attempt, and the event is
 * handed over again.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Works on one event. Called on a virtual thread of its own, which is interrupted when the attempt's deadline has
     * passed. The same event may come again, also after it was acknowledged: see {@link ReceivedEvent#id()}.
     *
     * @param event the event
     * @throws Exception the attempt failed
     */
    void handle(ReceivedEvent event) throws Exception;
}
