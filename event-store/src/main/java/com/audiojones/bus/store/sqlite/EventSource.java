package com.audiojones.bus.store.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds {@code metadata.source} in a body without reading more of it than it must. */
final class EventSource {

    private static final int MAX_CHARS = 256;
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventSource() {}

    /** {@return the source; null where the body has none, or one too long to be asked for, or is no JSON} */
    static @Nullable String of(String body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            boolean found = parser.nextToken() == JsonToken.START_OBJECT
                    && enter(parser, "metadata", JsonToken.START_OBJECT)
                    && enter(parser, "source", JsonToken.VALUE_STRING);
            return found && parser.getTextLength() <= MAX_CHARS ? parser.getText() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes on to the value of a member of the object that the parser is in; false if it has none of that kind. */
    private static boolean enter(JsonParser parser, String member, JsonToken kind) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(member);
            JsonToken value = parser.nextToken();
            if (found) {
                return value == kind;
            }
            parser.skipChildren();
        }
        return false;
    }
}
