package com.audiojones.bus.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Calls the admin API as any HTTP client would. */
final class AdminCalls implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final String key;

    AdminCalls(String url, String key) {
        this.root = url + "/api/admin/event-bus/";
        this.key = key;
    }

    record Answer(int status, JsonNode json) {}

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return call("POST", path, json);
    }

    Answer patch(String path, String json) throws IOException, InterruptedException {
        return call("PATCH", path, json);
    }

    private Answer call(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body =
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("admin-key", key)
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    }

    @Override
    public void close() {
        http.close();
    }
}
