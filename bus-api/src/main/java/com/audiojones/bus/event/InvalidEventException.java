package com.audiojones.bus.event;

/** Carries the sentence from where an event breaks the contract to where the decoding ends; never leaves the decoder. */
final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidEventException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
