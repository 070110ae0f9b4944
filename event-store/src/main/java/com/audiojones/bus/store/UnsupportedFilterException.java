package com.audiojones.bus.store;

/** A store cannot look for what it is asked for. The message is one sentence for who asked. */
public final class UnsupportedFilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says so.
     *
     * @param sentence field, expectation and what is
     */
    public UnsupportedFilterException(String sentence) {
        super(sentence);
    }
}
