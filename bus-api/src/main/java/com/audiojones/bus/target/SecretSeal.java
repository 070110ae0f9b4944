package com.audiojones.bus.target;

import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for where they are kept. The same secret of the same owner, sealed with the same key, gives the same text,
 * so that who compares documents sees no change where there is none. Safe for use by many threads.
 */
public interface SecretSeal {

    /**
     * {@return a secret, sealed}
     *
     * @param secret in clear
     * @param owner whose it is; what is sealed for one owner cannot be opened for another
     */
    String seal(String secret, String owner);

    /**
     * {@return a secret in clear; null: no key that is known opens it for this owner}
     *
     * @param sealed what {@link #seal} gave
     * @param owner whose it is
     */
    @Nullable
    String open(String sealed, String owner);
}
