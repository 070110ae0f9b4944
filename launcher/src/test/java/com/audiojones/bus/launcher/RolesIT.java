package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.launcher.secrets.Keysets;
import com.audiojones.bus.testkit.FirestoreEmulator;
import com.audiojones.bus.testkit.JavaProcess;
import com.audiojones.bus.testkit.ScriptedReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles of {@code dev} as processes of their own, found through one settings file. */
class RolesIT {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String KEY = "an-admin-key-of-the-test";
    private static final Pattern READY = Pattern.compile("^ready, health on (http\\S+)/readyz$");

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JavaProcess> roles = new ArrayList<>();

    @AfterEach
    void close() {
        roles.forEach(JavaProcess::close);
        receiver.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "firestore"})
    void anEventCrossesFiveProcesses(String store) throws Exception {
        JavaProcess broker =
                role("broker", "broker.directory = \"" + directory.resolve("kafka") + "\"\nbroker.port = 0");
        String kafka = after("Kafka on ", broker);
        Path keyset = directory.resolve("keyset.json");
        Keysets.create(keyset);
        String settings = "target-secrets.keyset-file = \"" + keyset + "\"\nkafka.bootstrap-servers = \"" + kafka
                + "\"\n" + settingsOf(store)
                + "\nstatus.directory = \"" + directory.resolve("status")
                + "\"\ntopics { ingest-partitions = 2, lane-partitions = 2, replication-factor = 1 }\n"
                + "webhook { allowed-addresses = [\"127.0.0.0/8\"], http-to-loopback = true }\nadmin.port = 0";
        JavaProcess sink = role("sink", settings);
        JavaProcess router = role("router", settings);
        JavaProcess dispatcher = role("dispatcher", settings);
        JavaProcess admin = role("admin", settings);
        AdminCalls api = new AdminCalls(after("admin API on ", admin), KEY);
        for (JavaProcess role : List.of(sink, router, dispatcher, admin)) {
            String health = ready(role);
            assertThat(get(health + "/readyz").body()).isEqualTo("ready\n");
            assertThat(get(health + "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(health + "/metrics").body()).contains("# TYPE");
        }

        assertThat(api.post("targets", "{\"url\":\"" + receiver.url("/hook") + "\"}")
                        .status())
                .isEqualTo(201);
        try (TestPublisher publisher = new TestPublisher(kafka)) {
            publisher
                    .publish("events.status", "{\"event_id\":\"e-1\",\"event_type\":\"status_change\",\"payload\":{}}")
                    .get();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.requests().isEmpty());
        assertThat(receiver.requests().getFirst().header("X-AJ-Event")).isEqualTo("status_change");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        api.get("events/e-1").json().path("delivery_success").asInt())
                .isEqualTo(1));
        assertThat(get(ready(dispatcher) + "/targets").body()).contains("\"state\" : \"active\"");
        api.close();
        for (JavaProcess role : List.of(admin, dispatcher, router, sink, broker)) {
            assertThat(role.stop(STOP)).isEqualTo(143);
        }
    }

    @Test
    void withoutAKeyTheAdminRoleDoesNotStart() throws Exception {
        JavaProcess admin = role("admin", "", Map.of("ADMIN_KEY", ""));

        assertThat(admin.exitCode(START)).isEqualTo(2);
        assertThat(admin.output()).anyMatch(line -> line.startsWith("ajbus: admin.key (ADMIN_KEY): expected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "dispatcher", "sink"})
    void withoutAKeysetNoRoleThatHasSecretsStarts(String name) throws Exception {
        JavaProcess process = role(name, "");

        assertThat(process.exitCode(START)).isEqualTo(2);
        assertThat(process.output())
                .anyMatch(line -> line.startsWith("ajbus: target-secrets: expected a keyset, since"));
    }

    private String settingsOf(String store) {
        if (store.equals("sqlite")) {
            return "store.sqlite-file = \"" + directory.resolve("events.db") + "\"";
        }
        return "store.type = firestore\nfirestore { project-id = roles, emulator-host = \""
                + FirestoreEmulator.shared().host() + "\" }";
    }

    private JavaProcess role(String name, String settings) throws IOException {
        return role(name, settings, Map.of("ADMIN_KEY", KEY));
    }

    private JavaProcess role(String name, String settings, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".conf"), settings);
        JavaProcess process = JavaProcess.start(
                "com.audiojones.bus.launcher.Main", List.of(name, "--config", file.toString()), environment);
        roles.add(process);
        return process;
    }

    private static String after(String prefix, JavaProcess process) throws InterruptedException {
        return process.awaitLine(Pattern.compile("^" + prefix), START).substring(prefix.length());
    }

    private static String ready(JavaProcess process) throws InterruptedException {
        return READY.matcher(process.awaitLine(READY, START)).replaceFirst("$1");
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
