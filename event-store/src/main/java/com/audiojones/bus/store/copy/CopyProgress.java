package com.audiojones.bus.store.copy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.store.StorePart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a copy has come, in a small file, so that one that was broken off goes on from there. */
public final class CopyProgress {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final String copy;

    /**
     * Uses a file, which need not exist.
     *
     * @param file where the progress is kept while a copy runs; it is removed at the end
     * @param copy which copy it is of; what was kept of another one is not gone on with
     */
    public CopyProgress(Path file, String copy) {
        this.file = file;
        this.copy = copy;
    }

    /**
     * A place in a copy.
     *
     * @param part what is being copied; all parts before it are done
     * @param cursor the page that comes next; null: the first
     * @param documents how many writes of the part are done
     */
    record Place(StorePart part, @Nullable String cursor, long documents) {}

    /** {@return where the last copy was broken off, empty if there is none to go on with} */
    Optional<Place> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode place = MAPPER.readTree(file.toFile());
            if (place.path("copy").isTextual() && !place.path("copy").asText().equals(copy)) {
                return Optional.empty();
            }
            JsonNode cursor = place.path("cursor");
            return Optional.of(new Place(
                    StorePart.valueOf(place.path("part").asText()),
                    cursor.isTextual() ? cursor.textValue() : null,
                    place.path("documents").asLong()));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    file + ": expected the progress of a copy, got something else; remove it to begin anew", e);
        }
    }

    void write(Place place) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("copy", copy);
        json.put("part", place.part().name());
        json.put("cursor", place.cursor());
        json.put("documents", place.documents());
        Path next = file.resolveSibling(file.getFileName() + "-next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(next, MAPPER.writeValueAsBytes(json));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the progress cannot be written", e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the progress cannot be removed", e);
        }
    }
}
