package com.audiojones.bus.subscribe;

import java.util.concurrent.CompletionStage;

/** Works on events and returns at once. The stage's completion is the acknowledgement. */
@FunctionalInterface
public interface AsyncEventHandler {

    /**
     * Begins to work on one event. Called on a virtual thread of its own. The same event may come again, also after it
     * was acknowledged: see {@link ReceivedEvent#id()}.
     *
     * @param event the event
     * @return what ends with the work; a failure, or null, is a failed attempt
     * @throws Exception the attempt failed
     */
    CompletionStage<?> handle(ReceivedEvent event) throws Exception;
}
