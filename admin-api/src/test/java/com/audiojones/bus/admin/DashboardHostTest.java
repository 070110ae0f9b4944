package com.audiojones.bus.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.admin.auth.Sessions;
import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stranger's name that was made to point at this server opens nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardHostTest {

    private AdminApi api;

    @BeforeAll
    void start() {
        api = AdminApi.withoutSharedSecret();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200",
        "LOCALHOST:8080,200",
        "127.0.0.1:1,200",
        "[::1]:8080,200",
        "events.example.com,200",
        "events.example.com:8443,200",
        "attacker.example,421",
        "localhost.attacker.example,421",
        "127.0.0.1.attacker.example:8080,421",
        "example.com,421"
    })
    void pagesAndSessionsAreForOurNamesOnly(String host, int status) throws IOException {
        String session = "Cookie: ajbus-session=" + new Sessions(new Secret(AdminApi.KEY), api.clock).begin();

        assertThat(status(host, "/portal/admin/events", "A: b")).isEqualTo(status);
        assertThat(status(host, AdminApi.BASE + "/stats", session)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "attacker.example"})
    void clientsWithTheKeyUseAnyName(String host) throws IOException {
        assertThat(status(host, AdminApi.BASE + "/stats", "admin-key: " + AdminApi.KEY))
                .isEqualTo(200);
    }

    private int status(String host, String path, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.service.port())) {
            socket.setSoTimeout(5_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
