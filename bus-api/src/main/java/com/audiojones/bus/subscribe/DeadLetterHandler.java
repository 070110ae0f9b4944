package com.audiojones.bus.subscribe;

/** Works on dead letters and may block. Returning is the acknowledgement. */
@FunctionalInterface
public interface DeadLetterHandler {

    /**
     * Works on one dead letter. Called on a virtual thread of its own, which is interrupted when the attempt's deadline
     * has passed. The same letter may come again.
     *
     * @param letter what was given up
     * @throws Exception the attempt failed
     */
    void handle(DeadLetter letter) throws Exception;
}
