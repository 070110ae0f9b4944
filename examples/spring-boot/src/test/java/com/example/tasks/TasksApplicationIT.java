package com.example.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.publish.BusClosedException;
import com.audiojones.bus.router.RouterService;
import com.audiojones.bus.router.RouterSettings;
import com.audiojones.bus.testkit.TestBus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is, on a real broker and router. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class TasksApplicationIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private TestBus kafka;
    private LiveSettingsReader live;
    private RouterService router;
    private ConfigurableApplicationContext application;

    @BeforeAll
    void start(@TempDir Path directory) throws InterruptedException {
        kafka = TestBus.start(directory);
        live = new LiveSettingsReader(kafka.kafka());
        router = new RouterService(
                RouterSettings.read(Settings.open(null, Map.of(), Map.of())),
                kafka.kafka(),
                live,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        live.start();
        router.start();
        application = run();
    }

    private ConfigurableApplicationContext run() {
        return SpringApplication.run(
                TasksApplication.class,
                "--server.port=0",
                "--bus.kafka=" + kafka.kafka().bootstrapServers());
    }

    @AfterAll
    void stop() {
        application.close();
        http.close();
        router.close();
        live.close();
        kafka.close();
    }

    @Test
    void whatIsPostedIsPublishedAndComesToTheSubscriber() throws Exception {
        HttpResponse<String> posted = post("{\"title\":\"mix\",\"owner\":\"u-1\"}");

        assertThat(posted.body()).contains("\"eventId\":\"");
        assertThat(posted.statusCode()).isEqualTo(202);
        await().atMost(SOON).until(() -> get("/tasks").equals("[{\"title\":\"mix\",\"owner\":\"u-1\"}]"));
        await().atMost(SOON).until(() -> get("/actuator/health").contains("\"eventBus\":{\"status\":\"UP\"}"));
        assertThat(get("/actuator/metrics/bus.publisher.published")).contains("\"value\":1.0");
        await().atMost(SOON).until(() -> get("/actuator/metrics/bus.subscriber.handled?tag=pattern:audit.task.created")
                .contains("\"value\":1.0"));
    }

    @Test
    void whatTheRouterWouldRefuseIsTheCallersFault() throws Exception {
        HttpResponse<String> refused = post("{\"title\":\"mix\",\"owner\":\"" + "u".repeat(300_000) + "\"}");

        assertThat(refused.body()).contains("\"status\":400");
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void theContextClosesTheBus() {
        ConfigurableApplicationContext other = run();
        EventBus bus = other.getBean(EventBus.class);

        other.close();

        assertThatThrownBy(() -> bus.publish("status_change", Map.of(), Map.of()))
                .isInstanceOf(BusClosedException.class);
    }

    private HttpResponse<String> post(String task) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri("/tasks"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(task))
                        .build(),
                BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port") + path);
    }
}
