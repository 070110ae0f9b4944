package com.audiojones.bus.bench.receiver;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The least HTTP/1.1 that takes webhooks, so that it takes little of the machine that is measured: a virtual thread per
 * connection, bodies of a known length, the answer chosen by the path.
 *
 * <ul>
 *   <li>{@code /ok/...}: 200
 *   <li>{@code /status/N/...}: status N
 *   <li>{@code /hang/MILLIS/...}: 200 after a time
 *   <li>{@code /drip/MILLIS/...}: 200 at once, its body byte by byte with a pause before each
 *   <li>{@code /control/count/PREFIX}, {@code /control/latencies/PREFIX}, {@code /control/reset}: see {@link Tally}
 * </ul>
 */
final class HttpReceiver {

    private static final int BACKLOG = 4096;
    private static final int MAX_LINE = 16 * 1024;
    private static final byte[] OK = answer(200, "{}");
    private static final String DRIPPED =
            "{\"slowly\":\"but surely, one byte after the other, for as long as it takes\"}";

    private final ServerSocket server;
    private final Tally tally = new Tally();

    private HttpReceiver(ServerSocket server) {
        this.server = server;
    }

    /** Listens on a free loopback port, until the process ends. */
    static HttpReceiver start() throws IOException {
        HttpReceiver receiver = new HttpReceiver(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().name("accept").start(receiver::accept);
        return receiver;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the receiver's port was closed", e);
        }
    }

    /** Until the other side has enough; a connection that breaks is its own end. */
    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream(), MAX_LINE);
            OutputStream out = connection.getOutputStream();
            String requestLine = line(in);
            while (!requestLine.isEmpty()) {
                byte[] body = in.readNBytes(contentLength(in));
                answer(path(requestLine), body, out);
                requestLine = line(in);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String path, byte[] body, OutputStream out) throws IOException, InterruptedException {
        if (path.startsWith("/control/")) {
            out.write(answer(200, control(path.substring("/control/".length()))));
            return;
        }
        long sent = TimedBody.sentNanos(body);
        tally.arrived(path, sent == 0 ? -1 : TimedBody.now() - sent);
        if (path.startsWith("/status/")) {
            out.write(answer(number(path), "{}"));
        } else if (path.startsWith("/hang/")) {
            Thread.sleep(number(path));
            out.write(OK);
        } else if (path.startsWith("/drip/")) {
            drip(number(path), out);
        } else {
            out.write(OK);
        }
    }

    private String control(String question) {
        String prefix = question.substring(Math.max(0, question.indexOf('/')));
        if (question.startsWith("count")) {
            return Integer.toString(tally.count(prefix));
        }
        if (question.startsWith("latencies")) {
            StringBuilder lines = new StringBuilder();
            for (long latency : tally.latencies(prefix)) {
                lines.append(latency).append('\n');
            }
            return lines.toString();
        }
        tally.reset();
        return "";
    }

    private static void drip(int pauseMillis, OutputStream out) throws IOException, InterruptedException {
        byte[] all = answer(200, DRIPPED);
        int head = all.length - DRIPPED.length();
        out.write(all, 0, head);
        for (int i = head; i < all.length; i++) {
            Thread.sleep(pauseMillis);
            out.write(all[i]);
        }
    }

    /** The number after the first word of a path. */
    private static int number(String path) {
        return Integer.parseInt(path.split("/", -1)[2]);
    }

    private static byte[] answer(int status, String body) {
        return ("HTTP/1.1 " + status + " -\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String path(String requestLine) throws IOException {
        String[] parts = requestLine.split(" ", -1);
        if (parts.length != 3) {
            throw new IOException("expected a request line, got " + requestLine);
        }
        return parts[1];
    }

    private static int contentLength(InputStream in) throws IOException {
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        return length;
    }

    /** One line without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == MAX_LINE) {
                throw new EOFException("a line has no end");
            }
            line.append((char) c);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
