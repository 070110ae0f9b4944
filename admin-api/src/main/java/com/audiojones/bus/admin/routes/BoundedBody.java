package com.audiojones.bus.admin.routes;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body up to a limit, kept while it is read. Whatever was not read is read when it is closed: a client may go
 * on sending before it reads the answer, and the connection is closed under its next request where some is left. One
 * thread.
 */
final class BoundedBody extends FilterInputStream {

    /** More than this is not waited for. */
    private static final long MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

    private final int limit;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    BoundedBody(InputStream in, int limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = in.read(into, from, length);
        if (count > 0) {
            seen.write(into, from, count);
        }
        if (seen.size() > limit) {
            throw new TooLargeException();
        }
        return count;
    }

    byte[] seen() {
        return seen.toByteArray();
    }

    @Override
    public void close() throws IOException {
        byte[] chunk = new byte[8192];
        long total = 0;
        int count;
        while (total < MAX_DISCARDED_BYTES && (count = in.read(chunk)) >= 0) {
            total += count;
        }
        in.close();
    }

    /** The body goes on beyond the limit. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
