package com.audiojones.bus.store;

/** The store cannot answer now. Calling again later is safe and may succeed. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was tried.
     *
     * @param message one sentence
     * @param cause what the store's driver said
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
