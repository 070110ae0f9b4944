package com.audiojones.bus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for servers that are stopped and started again on the same one.
 *
 * <p>They lie below those that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere). A port
 * of that range which was free a moment ago, or whose server is just away, is sooner or later the near end of somebody's
 * connection, and the server cannot come back.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_768;

    private FreePort() {}

    /** @return a port nobody listens on, at the moment of asking */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
