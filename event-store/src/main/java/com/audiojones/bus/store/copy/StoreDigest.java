package com.audiojones.bus.store.copy;

import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StorePart;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a store comes to, in whatever order it is read: two stores with the same documents have the same digest.
 *
 * @param documents how many writes make it
 * @param checksum the sum of the first 8 bytes of the SHA-256 of each
 */
record StoreDigest(long documents, long checksum) {

    static final StoreDigest EMPTY = new StoreDigest(0, 0);

    static StoreDigest of(EventStore store, StorePart part) {
        StoreDigest digest = EMPTY;
        String cursor = null;
        do {
            Page<StoreWrite> page = page(store, part, cursor);
            for (StoreWrite write : page.items()) {
                digest = digest.plus(write);
            }
            cursor = page.next();
        } while (cursor != null);
        return digest;
    }

    static Page<StoreWrite> page(EventStore store, StorePart part, @Nullable String cursor) {
        return page(store, part, Page.MAX_LIMIT, cursor);
    }

    static boolean isEmpty(EventStore store, StorePart part) {
        return page(store, part, 1, null).items().isEmpty();
    }

    private static Page<StoreWrite> page(EventStore store, StorePart part, int limit, @Nullable String cursor) {
        try {
            return store.dump(part, limit, cursor);
        } catch (InvalidCursorException e) {
            throw new IllegalArgumentException("the progress is that of a copy of another store; remove it", e);
        }
    }

    private StoreDigest plus(StoreWrite write) {
        byte[] text = write instanceof StatsWrite(var bucket)
                ? bucket.toJson()
                : write.toString().getBytes(StandardCharsets.UTF_8);
        return new StoreDigest(
                documents + 1, checksum + ByteBuffer.wrap(sha256(text)).getLong());
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
