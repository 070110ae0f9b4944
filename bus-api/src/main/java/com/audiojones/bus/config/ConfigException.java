package com.audiojones.bus.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The process cannot run as configured: stop the start and show the message. It never holds a secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Several problems at once.
     *
     * @param problems one sentence each: setting, expectation, actual value
     */
    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /**
     * One problem.
     *
     * @param problem one sentence
     * @param cause what it was noticed by, or null
     */
    public ConfigException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
