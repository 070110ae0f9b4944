package com.audiojones.bus.launcher.cli;

/** What the user gave cannot be used; giving it again gives the same. Exit code 2. */
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One sentence: field, expectation, actual value. */
    BadInputException(String message) {
        super(message);
    }
}
