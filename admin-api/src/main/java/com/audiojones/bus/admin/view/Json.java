package com.audiojones.bus.admin.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/** Writes answers. Stateless. */
public final class Json {

    /** What every answer of the API carries: it is data, never a page, and never kept by anyone between. */
    public static final Map<String, String> SECURITY_HEADERS =
            Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "no-store");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /**
     * Answers with a view, written straight to the connection: a page of large events is never in memory twice.
     *
     * @param ctx the request
     * @param status the HTTP status
     * @param view what to write
     * @throws IOException if the client went away
     */
    public static void send(Context ctx, int status, Object view) throws IOException {
        ctx.status(status).contentType("application/json");
        MAPPER.writeValue(ctx.outputStream(), view);
    }

    /**
     * {@return a view as JSON}
     *
     * @param view what to write
     */
    public static byte[] bytes(Object view) {
        try {
            return MAPPER.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("views are plain data", e);
        }
    }
}
