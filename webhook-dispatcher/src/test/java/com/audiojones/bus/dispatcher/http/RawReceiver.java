package com.audiojones.bus.dispatcher.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A receiver that says any bytes at all, as the script writes them once the head and body of a request have arrived. */
final class RawReceiver implements AutoCloseable {

    /** Ends a head without a body to come. */
    static final String EMPTY = "Content-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Semaphore ended = new Semaphore(0);
    private final Script script;

    /** Answers one request. */
    @FunctionalInterface
    interface Script {
        void answer(InputStream in, OutputStream out) throws Exception;
    }

    private RawReceiver(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static RawReceiver start(Script script) {
        try {
            return start(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawReceiver start(ServerSocket server, Script script) {
        RawReceiver receiver = new RawReceiver(server, script);
        receiver.threads.execute(receiver::accept);
        return receiver;
    }

    /** Always says the same and leaves the connection open. */
    static RawReceiver saying(String answer) {
        return start((in, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    /** The heads of the requests so far. */
    List<String> heads() {
        return heads;
    }

    /** Connections that the other side has closed; one permit each. */
    Semaphore ended() {
        return ended;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            while (readRequest(in)) {
                script.answer(in, socket.getOutputStream());
            }
        } catch (Exception e) {
            // The other side ended it, or the test did.
        } finally {
            ended.release();
        }
    }

    private boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        heads.add(head.toString());
        String length = head.toString().replaceAll("(?is).*content-length: *([0-9]+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
        return true;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
