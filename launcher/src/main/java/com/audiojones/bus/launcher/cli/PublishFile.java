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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one event for each line of a file, and says how it goes. Lines that are no event are named and left out; where
 * Kafka does not take one, it ends and names the line to go on with.
 */
final class PublishFile {

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_NAMED = 20;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final Duration END = Duration.ofSeconds(30);

    private final String file;
    private final EventLine line;
    private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);
    private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();
    private long lines;
    private long refused;

    /** The first line that Kafka did not take. */
    private record Failure(long line, String reason) {}

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
                System.err.println(progress(bus.counts(), begin));
                return status();
            }
        } catch (IOException e) {
            throw new BadInputException("--file " + file + ": expected text in UTF-8, got "
                    + e.getClass().getSimpleName() + " after line " + lines + ", up to which everything was sent");
        }
    }

    private int status() {
        Failure failure = first.get();
        if (failure != null) {
            System.err.println("line " + failure.line + ": " + failure.reason + "; nothing after line " + lines
                    + " was sent: publish again from line " + failure.line);
        }
        return refused == 0 && failure == null ? 0 : 1;
    }

    private void publish(BufferedReader in, EventBus bus, long begin) throws IOException, InterruptedException {
        long told = begin;
        for (String text = in.readLine(); text != null && first.get() == null; text = in.readLine()) {
            lines++;
            if (!text.isBlank()) {
                room.acquire();
                publish(bus, text, lines);
            }
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                told = System.nanoTime();
                System.err.println(progress(bus.counts(), begin));
            }
        }
    }

    private void publish(EventBus bus, String text, long number) {
        try {
            var _ = line.publish(bus, text).whenComplete((published, failure) -> {
                if (failure != null) {
                    Failure failed = new Failure(number, String.valueOf(failure.getMessage()));
                    first.accumulateAndGet(failed, (a, b) -> a == null || b != null && b.line < a.line ? b : a);
                }
                room.release();
            });
        } catch (RejectedEventException | BadInputException e) {
            room.release();
            if (refused++ < MOST_NAMED) {
                System.err.println("line " + number + ": " + e.getMessage());
            }
        }
    }

    private String progress(PublishCounts counts, long begin) {
        double seconds = Math.max(1e-3, (System.nanoTime() - begin) / 1e9);
        return "published %d (%.0f/s), failed %d, no events %d, in flight %d"
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
