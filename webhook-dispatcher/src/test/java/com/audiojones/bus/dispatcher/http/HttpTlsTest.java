package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to an address that was looked up beforehand still asks for the name, and believes nobody else. */
class HttpTlsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OK = "HTTP/1.1 200 OK\r\n" + RawReceiver.EMPTY;

    @TempDir
    private static Path folder;

    private static SSLContext trusting;
    private static SSLContext serving;

    @BeforeAll
    static void certify() throws Exception {
        Path file = folder.resolve("receiver.p12");
        int end = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=receiver.test",
                        "-ext",
                        "san=dns:receiver.test",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(end).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        serving = SSLContexts.custom().loadKeyMaterial(keys, PASSWORD).build();
        trusting = SSLContexts.custom().loadTrustMaterial(keys, null).build();
    }

    @Test
    void aTrustedCertificateForTheNameIsAccepted() throws Exception {
        try (RawReceiver receiver = RawReceiver.start(tlsSocket(), HttpTlsTest::ok)) {
            assertThat(post("receiver.test", receiver.port(), trusting)).isInstanceOf(HttpOutcome.Answered.class);
            assertThat(receiver.heads().getFirst()).contains("\r\nHost: receiver.test:" + receiver.port() + "\r\n");
        }
    }

    @Test
    void aCertificateForAnotherNameIsATlsError() throws Exception {
        try (RawReceiver receiver = RawReceiver.start(tlsSocket(), HttpTlsTest::ok)) {
            assertTlsError(post("other.test", receiver.port(), trusting));
            assertThat(receiver.heads()).isEmpty();
        }
    }

    @Test
    void aCertificateNobodyVouchesForIsATlsError() throws Exception {
        try (RawReceiver receiver = RawReceiver.start(tlsSocket(), HttpTlsTest::ok)) {
            assertTlsError(post("receiver.test", receiver.port(), SSLContexts.createDefault()));
            assertThat(receiver.heads()).isEmpty();
        }
    }

    @Test
    void theHandshakeAsksForTheName() throws Exception {
        SSLServerSocket socket = (SSLServerSocket) tlsSocket();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("receiver\\.test")));
        socket.setSSLParameters(parameters);
        CompletableFuture<List<SNIServerName>> asked = CompletableFuture.supplyAsync(() -> namesAskedFor(socket));

        assertThat(post("receiver.test", socket.getLocalPort(), trusting)).isInstanceOf(HttpOutcome.Unanswered.class);

        assertThat(asked.get(10, TimeUnit.SECONDS)).containsExactly(new SNIHostName("receiver.test"));
    }

    @Test
    void whoDoesNotSpeakTlsIsATlsError() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> sayHello(socket));

            assertTlsError(post("receiver.test", socket.getLocalPort(), trusting));

            answer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHandshakeThatHangsEndsAtTheDeadlineAndLeavesItsSlotAndSocket() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
                HttpSender sender = sender(trusting)) {
            for (int i = 0; i < 3; i++) {
                HttpOutcome outcome = post(sender, "receiver.test", silent.getLocalPort(), Duration.ofMillis(300));

                assertThat(outcome)
                        .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                                .isEqualTo(HttpError.TIMEOUT));
                try (Socket taken = silent.accept()) {
                    awaitEnd(taken);
                }
            }
        }
    }

    private static List<SNIServerName> namesAskedFor(SSLServerSocket server) {
        try (server;
                SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            return ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the other side leaves the connection open. */
    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            assertThat(e).hasMessage("Connection reset");
        }
    }

    private static void sayHello(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("220 hello\r\n".getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The other side may break it off.
        }
    }

    private static ServerSocket tlsSocket() throws Exception {
        return serving.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static void ok(InputStream in, OutputStream out) throws IOException {
        out.write(OK.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpOutcome post(String name, int port, SSLContext tls) throws Exception {
        try (HttpSender sender = sender(tls)) {
            return post(sender, name, port, DEADLINE);
        }
    }

    private static HttpOutcome post(HttpSender sender, String name, int port, Duration deadline) throws Exception {
        URI url = URI.create("https://" + name + ":" + port + "/hook");
        return sender.post(url, "{}".getBytes(StandardCharsets.UTF_8), PostHeaders.NONE, deadline)
                .get(20, TimeUnit.SECONDS);
    }

    /** One request at a time, so that a slot that is not given back is missed. */
    private static HttpSender sender(SSLContext tls) {
        NameLookup lookup = name -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        AddressGuard guard = new AddressGuard(List.of("127.0.0.0/8"));
        return new HttpSender(new AddressBook(lookup, guard, Duration.ofSeconds(5)), "1", 1, tls);
    }

    private static void assertTlsError(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                .as(none.message())
                .isEqualTo(HttpError.TLS_ERROR));
    }
}
