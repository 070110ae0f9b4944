package com.audiojones.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;

/**
 * Wire formats as files: what is written today must be what was written when the file was made. A format is changed by
 * changing its file by hand, where a reviewer sees it.
 */
public final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    public static String text(String file) {
        try {
            return Files.readString(DIRECTORY.resolve(file)).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void assertSame(String file, String actual) {
        assertThat(actual).as("wire format %s", file).isEqualTo(text(file));
    }

    public static String headerLines(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }
}
