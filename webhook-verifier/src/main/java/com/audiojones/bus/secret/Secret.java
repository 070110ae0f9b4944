package com.audiojones.bus.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** Text that must not appear in logs, messages or answers. Prints as {@code ****}. Immutable. */
public final class Secret {

    private final String value;

    /**
     * Wraps a secret.
     *
     * @param value the secret text
     * @throws NullPointerException if it is null, as a variable that is not set is
     */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "secret: expected text, got null");
    }

    /** {@return the secret text, for the one place that uses it} */
    public String reveal() {
        return value;
    }

    /**
     * {@return whether text has printable ASCII characters only, as what travels in HTTP headers must}
     *
     * @param text what to look at
     */
    public static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /**
     * {@return whether {@code candidate} is this secret, in a time that does not depend on where they differ}
     *
     * @param candidate what a stranger claims
     */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && matches(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
