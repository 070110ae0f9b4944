package com.audiojones.bus.launcher.secrets;

import com.audiojones.bus.target.SecretSeal;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeysetHandle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Seals with Tink's deterministic AEAD (AES-SIV), the owner as associated data. */
final class TinkSeal implements SecretSeal {

    private final DeterministicAead aead;

    /** @throws GeneralSecurityException if the keyset has keys for something else */
    TinkSeal(KeysetHandle keyset) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(Keysets.KINDS, DeterministicAead.class);
    }

    @Override
    public String seal(String secret, String owner) {
        try {
            byte[] sealed = aead.encryptDeterministically(bytes(secret), bytes(owner));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a keyset that was read can seal", e);
        }
    }

    @Override
    public @Nullable String open(String sealed, String owner) {
        try {
            byte[] opened = aead.decryptDeterministically(Base64.getUrlDecoder().decode(sealed), bytes(owner));
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
