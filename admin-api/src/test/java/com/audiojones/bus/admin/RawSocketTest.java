package com.audiojones.bus.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.audiojones.bus.admin.problem.ErrorMapper;
import com.audiojones.bus.event.Priority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests that no well-behaved client sends are answered as tersely as all others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawSocketTest {

    private static final String HOST = "Host: localhost\r\n";
    private static final String KEY = "admin-key: " + AdminApi.KEY + "\r\n";

    private static final String ONE_EVENT = AdminApi.BASE + "/events/{id}";

    private AdminApi api;

    @BeforeAll
    void start() {
        api = AdminApi.withoutSharedSecret();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    static Stream<Arguments> requests() {
        String events = "GET " + AdminApi.BASE + "/events";
        return Stream.of(
                Arguments.of(400, "garbage\r\n\r\n"),
                Arguments.of(505, "GET / HTTP/9.9\r\n" + HOST + "\r\n"),
                Arguments.of(400, events + " HTTP/1.1\r\n" + KEY + "\r\n"),
                Arguments.of(400, events + "?type=%zz HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + "?%zz=1 HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + "?type=%u0061 HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + "?type=<script> HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + "/%00 HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + "/%zz HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, events + " HTTP/1.1\r\n" + HOST + "Bad Header: 1\r\n\r\n"),
                Arguments.of(400, "GET /../../etc/passwd HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(400, "GET /api/../../api/admin/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(401, "GET /api/../api/admin/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(401, "GET /%61pi/admin/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(401, "GET //api/admin/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(401, "GET /api/admin;x=1/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET http://elsewhere/api/admin/event-bus/stats HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(401, events + " HTTP/1.1\r\n" + HOST + "admin-key:\r\n\r\n"),
                Arguments.of(404, "GET " + AdminApi.BASE + "/events/../../../x HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(414, events + "?type=" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + KEY + "\r\n"),
                Arguments.of(431, events + " HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(20_000) + "\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theAnswerIsAProblemWithNothingOfTheInside(int status, String request) throws IOException {
        String answer = exchange(request.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\ncontent-type: application/problem+json")
                .containsIgnoringCase("\r\nx-content-type-options: nosniff\r\n")
                .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                .doesNotContainIgnoringCase("server:", "jetty", "javalin", "exception")
                .doesNotContainPattern("\\bat (com|java|io|org)\\.")
                .containsPattern("\r\n\r\n\\{\"type\":\"about:blank\",\"title\":\"[A-Za-z- ]+\",\"status\":" + status
                        + ",\"detail\":\"[^\"]+\"}$");
    }

    @Test
    void aClientThatGoesAwayIsNoFaultOfOurs() throws IOException {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(ErrorMapper.class);
        log.addAppender(logged);
        logged.start();
        String large = "\"" + "x".repeat(8 * 1024 * 1024) + "\"";
        api.store.add(Events.event("evt-large", "status_change", Priority.P0, large));

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.service.port())) {
            String request = "GET " + AdminApi.BASE + "/events/evt-large HTTP/1.1\r\n" + HOST + KEY + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
            socket.setSoLinger(true, 0);
        }

        Awaitility.await()
                .until(() -> api.meters
                                .find("bus.admin.requests")
                                .tag("route", ONE_EVENT)
                                .timer()
                        != null);
        log.detachAppender(logged);
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aBodyThatIsWrongFromItsBeginningCostsNoConnection() throws Exception {
        String wrong = "]" + "x".repeat(20_000);
        String post =
                "POST " + AdminApi.BASE + "/replay HTTP/1.1\r\n" + HOST + KEY + "Content-Length: " + wrong.length();

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.service.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((post + "\r\n\r\n" + wrong.substring(0, 10_000)).getBytes(ISO_8859_1));
            Thread.sleep(200);
            String next = "GET " + AdminApi.BASE + "/targets HTTP/1.1\r\n" + HOST + KEY + "Connection: close\r\n\r\n";
            socket.getOutputStream().write((wrong.substring(10_000) + next).getBytes(ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .containsSubsequence("HTTP/1.1 400 ", "HTTP/1.1 200 ");
        }
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.service.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
