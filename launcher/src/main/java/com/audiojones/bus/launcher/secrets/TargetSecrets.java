package com.audiojones.bus.launcher.secrets;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.TargetVault;
import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the targets' secrets are kept, in stores and in Kafka.
 *
 * @param keyset opens and seals them; null: they are kept in clear
 * @param inClear whether the operator has said that they may be
 */
public record TargetSecrets(@Nullable KeysetHandle keyset, boolean inClear) {

    private static final Logger LOG = LoggerFactory.getLogger(TargetSecrets.class);
    private static final String HINT =
            "make one with 'ajbus keyset create FILE' and name it in target-secrets.keyset-file"
                    + " (AJ_BUS_TARGET_SECRETS_KEYSET_FILE)";

    /**
     * {@return the settings below {@code target-secrets}}
     *
     * @param in where settings are read; problems are noted there
     */
    public static TargetSecrets read(Settings in) {
        Secret text = in.multilineSecret("target-secrets.keyset", "AJ_BUS_TARGET_SECRETS_KEYSET");
        boolean inClear = in.flag("target-secrets.in-clear", false);
        KeysetHandle keyset = null;
        try {
            keyset = text == null ? null : Keysets.parse("target-secrets.keyset", text.reveal());
        } catch (ConfigException e) {
            in.problem(String.valueOf(e.getMessage()));
        }
        return new TargetSecrets(keyset, inClear);
    }

    /**
     * {@return how a role in production keeps them}
     *
     * @throws ConfigException if there is no keyset, and nobody has said that there need be none
     */
    public TargetVault required() {
        if (keyset == null && !inClear) {
            throw new ConfigException(
                    "target-secrets: expected a keyset, since the targets' secrets would be kept in clear, got none; "
                            + HINT + ", or set target-secrets.in-clear=true",
                    null);
        }
        return vault();
    }

    /** {@return how they are kept, in clear where there is no keyset, which is said} */
    public TargetVault orInClear() {
        if (keyset == null && !inClear) {
            LOG.warn(
                    "THE TARGETS' SECRETS ARE KEPT IN CLEAR, which is for development only: no keyset is set; {}",
                    HINT);
        }
        return vault();
    }

    private TargetVault vault() {
        try {
            return keyset == null ? TargetVault.CLEAR : new TargetVault(new TinkSeal(keyset));
        } catch (GeneralSecurityException e) {
            throw new ConfigException("target-secrets: expected a keyset of AES-SIV keys, got: " + e.getMessage(), e);
        }
    }
}
