package com.audiojones.bus.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.publish.PublishCounts;
import com.audiojones.bus.publish.RejectedEventException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Publishes one event for each line of a file, and says how it goes. Lines that are no event are named and left out. */
final class PublishFile {

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_NAMED = 20;
    private static final Duration END = Duration.ofSeconds(30);

    private final String file;
    private final EventLine line;
    private long lines;
    private long refused;

    PublishFile(String file, EventLine line) {
        this.file = file;
        this.line = line;
    }

    int run(BusLocation location) throws InterruptedException {
        try (BufferedReader in = open()) {
            QuietKafka.begin();
            try (EventBus bus = location.connect()) {
                long begin = System.nanoTime();
                publish(in, bus, begin);
                bus.flush(END);
                System.err.println(progress(bus.published(), begin));
                return refused == 0 && bus.published().failed() == 0 ? 0 : 1;
            }
        } catch (IOException e) {
            throw new BadInputException("--file " + file + ": expected text in UTF-8, got: " + e.getMessage());
        }
    }

    private void publish(BufferedReader in, EventBus bus, long begin) throws IOException {
        long told = begin;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            lines++;
            if (!text.isBlank()) {
                publish(bus, text);
            }
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                told = System.nanoTime();
                System.err.println(progress(bus.published(), begin));
            }
        }
    }

    private void publish(EventBus bus, String text) {
        try {
            var _ = line.publish(bus, text);
        } catch (RejectedEventException | BadInputException e) {
            if (refused++ < MOST_NAMED) {
                System.err.println("line " + lines + ": " + e.getMessage());
            }
        }
    }

    private String progress(PublishCounts counts, long begin) {
        double seconds = Math.max(1e-3, (System.nanoTime() - begin) / 1e9);
        return "published %d (%.0f/s), failed %d, refused %d, in flight %d"
                .formatted(
                        counts.published(), counts.published() / seconds, counts.failed(), refused, counts.inFlight());
    }

    private BufferedReader open() throws IOException {
        if (file.equals("-")) {
            return new BufferedReader(new InputStreamReader(System.in, UTF_8));
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new BadInputException("--file " + file + ": expected a readable file, found none");
        }
        return Files.newBufferedReader(path, UTF_8);
    }
}
