package com.audiojones.bus.launcher.secrets;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.PrivateFile;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.daead.DeterministicAeadConfig2026;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;

/** Tink keysets of AES-SIV keys, as JSON. The primary key seals, all of them open. */
public final class Keysets {

    /** What keys may be. */
    static final Configuration KINDS = DeterministicAeadConfig2026.get();

    private Keysets() {}

    /**
     * {@return a keyset}
     *
     * @param where what the sentence about a mistake names
     * @param json the keyset, as {@link #create} and {@link #rotate} write it
     * @throws ConfigException if it is no keyset
     */
    static KeysetHandle parse(String where, String json) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(json, KINDS, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new ConfigException(
                    where + ": expected a keyset as 'ajbus keyset create' makes it, got something else", e);
        }
    }

    /**
     * {@return the keyset in a file}
     *
     * @param file the file
     * @throws ConfigException if it cannot be read or is no keyset
     */
    static KeysetHandle read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            String got =
                    Files.notExists(file) ? "no such file" : Files.isDirectory(file) ? "a directory" : e.toString();
            throw new ConfigException(file + ": expected a keyset that can be read, got " + got, e);
        }
    }

    /**
     * Writes a keyset of one new key.
     *
     * @param file a file that does not exist yet; only its owner may read it
     * @throws ConfigException if it exists or cannot be written
     */
    public static void create(Path file) {
        try {
            PrivateFile.create(file);
            Files.writeString(file, json(fresh()));
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException(
                    file
                            + ": expected a file that does not exist yet, got one that does; 'ajbus keyset rotate' adds a key",
                    e);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(file + ": expected a file that can be written, got: " + e, e);
        }
    }

    /**
     * Adds a new key to a keyset, which seals from then on; what the others sealed can still be opened.
     *
     * @param file the keyset
     * @throws ConfigException if it is no keyset or cannot be written
     */
    public static void rotate(Path file) {
        KeysetHandle old = read(file);
        try {
            KeysetHandle rotated = KeysetHandle.newBuilder(old)
                    .addEntry(KeysetHandle.importKey(fresh().getPrimary().getKey())
                            .makePrimary())
                    .build();
            Path next = file.resolveSibling(file.getFileName() + "-next");
            Files.deleteIfExists(next);
            PrivateFile.create(next);
            Files.writeString(next, json(rotated));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(file + ": expected a file that can be written, got: " + e, e);
        }
    }

    private static KeysetHandle fresh() throws GeneralSecurityException {
        return KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV, KINDS);
    }

    private static String json(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, KINDS, InsecureSecretKeyAccess.get());
    }
}
