package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request's body: one JSON object, read strictly, since what is guessed here is stored and acted upon. */
final class JsonBody {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_BYTES)
                            .maxNameLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;
    private final JsonNode tree;

    private JsonBody(byte[] bytes, JsonNode tree) {
        this.bytes = bytes;
        this.tree = tree;
    }

    /** Reads while it checks, so a body that is wrong from its beginning is told so, however large it is. */
    static JsonBody read(Context ctx) {
        checkMediaType(ctx.contentType());
        BoundedBody in = new BoundedBody(ctx.bodyInputStream(), MAX_BYTES);
        JsonNode tree;
        try (InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())) {
            tree = MAPPER.readTree(text);
        } catch (BoundedBody.TooLargeException e) {
            throw new RefusedException(Reason.TOO_LARGE, "body: expected at most " + MAX_BYTES + " bytes, got more");
        } catch (CharacterCodingException e) {
            throw Query.refused("body: expected JSON in UTF-8, got bytes that are no UTF-8");
        } catch (StreamConstraintsException e) {
            throw Query.refused("body: expected at most " + MAX_DEPTH + " levels of nesting, got more");
        } catch (MismatchedInputException e) {
            throw Query.refused("body: expected one JSON object, got more after it");
        } catch (JsonProcessingException e) {
            throw Query.refused("body: expected one JSON object, got: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Query.refused("body: expected all of it, got only the beginning");
        }
        return new JsonBody(in.seen(), checkedObject(tree));
    }

    byte[] bytes() {
        return bytes;
    }

    JsonNode tree() {
        return tree;
    }

    private static void checkMediaType(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        if (!mediaType.strip().equalsIgnoreCase("application/json")) {
            throw new RefusedException(
                    Reason.NOT_JSON, "Content-Type: expected application/json, got " + Query.quoted(mediaType));
        }
    }

    private static JsonNode checkedObject(JsonNode tree) {
        if (!tree.isObject()) {
            String got = tree.isMissingNode() ? "nothing" : "another kind of JSON";
            throw Query.refused("body: expected one JSON object, got " + got);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(tree.toString())) {
            throw Query.refused("body: expected whole characters, got the escape of half a surrogate pair");
        }
        return tree;
    }
}
