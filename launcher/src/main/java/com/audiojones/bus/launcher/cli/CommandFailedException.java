package com.audiojones.bus.launcher.cli;

import org.jspecify.annotations.Nullable;

/** The command was understood and could not be carried out; trying again may help. Exit code 1. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One sentence for the user. */
    CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
