package com.audiojones.bus.store.firestore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/**
 * The ids of documents: hashes of what they are about. Ids that begin with the time, as those of events do, would all be
 * written to one place.
 */
final class DocumentIds {

    private static final int LENGTH = 26;
    private static final char SEPARATOR = '\u001f';
    private static final Base32 BASE32 = new Base32();

    private DocumentIds() {}

    /** {@return the first 26 characters of the lower-case base 32 of the SHA-256 of the parts, U+001F between them} */
    static String of(@Nullable Object... parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : SEPARATOR).append(parts[i] == null ? "" : parts[i]);
        }
        return BASE32.encodeToString(sha256(text.toString()))
                .toLowerCase(Locale.ROOT)
                .substring(0, LENGTH);
    }

    /** {@return which of so many shards a document belongs to} */
    static int shard(String id, int shards) {
        return Math.floorMod(id.hashCode(), shards);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
