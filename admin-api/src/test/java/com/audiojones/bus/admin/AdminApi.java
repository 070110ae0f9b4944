package com.audiojones.bus.admin;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.target.AddressPolicy;
import com.audiojones.bus.testkit.ManualClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The service on a free port before fakes, and a client that has the key. */
final class AdminApi implements AutoCloseable {

    static final String KEY = "an-admin-key-of-32-characters-00";
    static final String BASE = "/api/admin/event-bus";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Secret SHARED = new Secret("shared-secret-of-the-deployment-0");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final FakeEventStore store = new FakeEventStore();
    final FakeTargetPublisher feed = new FakeTargetPublisher();
    final MockProducer<byte[], byte[]> lanes =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final Set<String> strays = new TreeSet<>();
    final Map<String, TargetState> states = new ConcurrentHashMap<>();
    final FakeSettings live = new FakeSettings();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final ManualClock clock = new ManualClock(NOW);
    final AdminService service;
    private final HttpClient client = HttpClient.newHttpClient();

    private AdminApi(AdminSettings settings) {
        service = new AdminService(
                settings,
                store,
                new AdminTopics(feed, live, live, () -> strays, () -> states),
                () -> lanes,
                meters,
                clock);
        service.start();
    }

    /** Targets without a secret get one made. */
    static AdminApi withoutSharedSecret() {
        return new AdminApi(settings(null));
    }

    /** Targets without a secret are signed for with {@link #SHARED}. */
    static AdminApi withSharedSecret() {
        return new AdminApi(settings(SHARED));
    }

    /** Targets may ask for faults. */
    static AdminApi withSimulation() {
        return new AdminApi(settings(SHARED, true));
    }

    /** Public addresses over https only. */
    static AdminSettings settings(@Nullable Secret shared) {
        return settings(shared, false);
    }

    private static AdminSettings settings(@Nullable Secret shared, boolean allowSimulate) {
        return new AdminSettings(
                "127.0.0.1",
                0,
                new Secret(KEY),
                shared,
                new AddressPolicy(new AddressGuard(List.of()), false),
                Duration.ofHours(24),
                allowSimulate,
                List.of("events.example.com"));
    }

    record Answer(int status, HttpResponse<byte[]> response) {

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    Answer post(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, byte[] body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    /** A request with the key; {@code path} goes on after {@link #BASE}. */
    HttpRequest.Builder request(String path) {
        return keyless(path).header("admin-key", KEY);
    }

    HttpRequest.Builder keyless(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + BASE + path))
                .timeout(Duration.ofSeconds(10));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
