package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.secret.Secret;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calls the admin API. */
final class AdminClient {

    private static final String ROOT = "/api/admin/event-bus/";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final Secret key;

    AdminClient(String url, Secret key) {
        this.url = url;
        this.key = key;
    }

    /**
     * Calls one route and gives its answer.
     *
     * @param body JSON, or null for none
     * @throws BadInputException if the API refused the input
     * @throws CommandFailedException if it could not be reached or failed
     */
    JsonNode call(String method, String path, @Nullable String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("admin-key", key.reveal())
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return answer(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "admin API at " + url + " cannot be reached (" + e + "); is 'ajbus dev' running?", e);
        }
    }

    private URI uri(String path) {
        try {
            URI uri = new URI(url + ROOT + path);
            if (String.valueOf(uri.getScheme()).startsWith("http") && uri.getHost() != null) {
                return uri;
            }
            throw new BadInputException("--url: expected an http URL, got '" + url + "'");
        } catch (URISyntaxException e) {
            throw new BadInputException("--url: expected an http URL, got '" + url + "'");
        }
    }

    private static JsonNode answer(HttpResponse<String> response) throws JsonProcessingException {
        JsonNode json = MAPPER.readTree(response.body());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return json;
        }
        String detail = json.path("detail").asText(json.path("title").asText("status " + status));
        throw new BadInputException(String.format(Locale.ROOT, "%s (status %d)", detail, status));
    }
}
