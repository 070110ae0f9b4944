package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.secret.Secret;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServiceTest {

    @Test
    void itIsReadyExactlyWhileItServes() {
        AdminService service = service(AdminApi.settings(null), new MockProducer<>());

        assertThat(service.notReady()).containsExactly("admin: expected to serve, got not started or closed");
        service.start();
        assertThat(service.notReady()).isEmpty();
        service.close();
        service.close();
        assertThat(service.notReady()).hasSize(1);
        assertThatThrownBy(service::port).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAKeyItDoesNotStart() {
        AdminSettings any = AdminApi.settings(null);
        AdminSettings keyless =
                new AdminSettings("127.0.0.1", 0, null, null, any.addresses(), any.secretOverlap(), false, List.of());

        assertThatThrownBy(service(keyless, new MockProducer<>())::start)
                .isInstanceOf(ConfigException.class)
                .hasMessage("admin.key (ADMIN_KEY): expected at least 16 characters, got nothing");
    }

    @Test
    void aPortInUseIsOneClearSentenceAndReleasesEverything() {
        MockProducer<byte[], byte[]> producer = new MockProducer<>();
        try (AdminApi holder = AdminApi.withoutSharedSecret()) {
            int port = holder.service.port();
            AdminService second = service(listeningOn("127.0.0.1", port), producer);

            assertThatThrownBy(second::start)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("admin.port " + port + " on 127.0.0.1 is in use: stop the process that holds it or"
                            + " choose another with --http-port");
            assertThat(producer.closed()).isTrue();
            assertThat(second.notReady()).hasSize(1);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAClearSentence() {
        AdminService service = service(listeningOn("192.0.2.1", 0), new MockProducer<>());

        assertThatThrownBy(service::start)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("admin.port 0 on 192.0.2.1: expected an address to listen on, got: ");
    }

    @Test
    void aRequestUnderWayIsAnsweredWhenTheServiceCloses() throws Exception {
        AdminApi api = AdminApi.withoutSharedSecret();
        int port = api.service.port();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        api.store.beforeEveryCall = () -> {
            entered.countDown();
            waitFor(held);
        };
        CompletableFuture<AdminApi.Answer> answer = CompletableFuture.supplyAsync(() -> api.get("/stats"));
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(api.service::close);
        Awaitility.await().until(() -> refusesConnections(port));
        held.countDown();

        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        closing.get(5, TimeUnit.SECONDS);
        assertThat(api.lanes.closed()).isTrue();
        api.close();
    }

    @Test
    void aRequestThatNeverEndsHoldsTheCloseForAboutTwoSeconds() throws Exception {
        AdminApi api = AdminApi.withoutSharedSecret();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        api.store.beforeEveryCall = () -> {
            entered.countDown();
            waitFor(never);
            ended.set(true);
        };
        CompletableFuture<AdminApi.Answer> answer = CompletableFuture.supplyAsync(() -> api.get("/stats"));
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        long began = System.nanoTime();
        api.service.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(4));
        assertThat(ended).isFalse();
        never.countDown();
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anIdleConnectionDoesNotHoldTheClose() throws Exception {
        AdminApi api = AdminApi.withoutSharedSecret();
        api.get("/stats");

        long began = System.nanoTime();
        api.service.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/event-bus/stats,      true,  GET,   200, /api/admin/event-bus/stats",
        "/api/admin/event-bus/events/e-1, true,  GET,   404, /api/admin/event-bus/events/{id}",
        "/api/admin/event-bus/events/e-1, false, GET,   401, none",
        "/api/admin/event-bus/nothing,    true,  GET,   404, none",
        "/api/admin/event-bus/stats,      true,  OTHER, 405, none"
    })
    void everyRequestIsTimed(String path, boolean key, String method, String status, String route) throws Exception {
        try (AdminApi api = AdminApi.withoutSharedSecret();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + api.service.port() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody());
            if (key) {
                request.header("admin-key", AdminApi.KEY);
            }

            HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());

            assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(status));
            Awaitility.await().untilAsserted(() -> assertThat(
                            api.meters.find("bus.admin.requests").timers())
                    .singleElement()
                    .extracting(
                            timer -> timer.getId().getTag("route"),
                            timer -> timer.getId().getTag("method"),
                            timer -> timer.getId().getTag("status"),
                            Timer::count)
                    .containsExactly(route, method, status, 1L));
        }
    }

    private static AdminService service(AdminSettings settings, MockProducer<byte[], byte[]> producer) {
        return new AdminService(
                settings,
                new FakeEventStore(),
                new AdminTopics(
                        new FakeTargetPublisher(), new FakeSettings(), () -> LiveSettings.DEFAULTS, Set::of, Map::of),
                () -> producer,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    private static AdminSettings listeningOn(String host, int port) {
        AdminSettings any = AdminApi.settings(null);
        return new AdminSettings(
                host, port, new Secret(AdminApi.KEY), null, any.addresses(), any.secretOverlap(), false, List.of());
    }

    private static boolean refusesConnections(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
