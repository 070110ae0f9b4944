package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.subscribe.ReceivedEvent;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.subscribe.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command for each event. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a shell command for each event until Ctrl-C, at least once, in order by key.",
            "The command gets the delivery body on its standard input and AJBUS_EVENT_ID, AJBUS_EVENT_TYPE, "
                    + "AJBUS_EVENT_NAME and AJBUS_ATTEMPT in its environment. Another exit code than 0 is a failed "
                    + "attempt: the event is tried again, and in the end given up into the group's dead letters."
        })
final class SubscribeCommand implements Callable<Integer> {

    @Mixin
    private BusLocation location = new BusLocation();

    @Parameters(paramLabel = "PATTERN", description = "names or types, such as audit.user or status_*")
    private String pattern = "";

    @Option(names = "--exec", required = true, paramLabel = "CMD", description = "the command, for sh -c")
    private String command = "";

    @Option(names = "--group", description = "the consumer group (default: one made of the pattern)")
    private @Nullable String group;

    @Option(names = "--unordered", description = "later events of a key do not wait for one that failed")
    private boolean unordered;

    @Option(
            names = "--concurrency",
            defaultValue = "4",
            description = "commands at once, per lane (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--deadline",
            defaultValue = "60",
            paramLabel = "S",
            description = "seconds per attempt (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--from-beginning", description = "a new group begins with the oldest event that Kafka still has")
    private boolean fromBeginning;

    @Override
    public Integer call() throws InterruptedException {
        SubscribeOptions options = options();
        QuietKafka.begin();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            awaitQuietly(closed);
        }));
        try (EventBus bus = location.connect();
                Subscription subscription = bus.subscribe(pattern, options, this::run)) {
            System.err.println("subscribed to " + pattern + " as group " + subscription.group());
            end.await();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private SubscribeOptions options() {
        try {
            SubscribeOptions options = SubscribeOptions.DEFAULTS
                    .withConcurrency(concurrency)
                    .withHandlerDeadline(Duration.ofSeconds(seconds));
            options = group == null ? options : options.inGroup(group);
            options = unordered ? options.unordered() : options;
            return fromBeginning ? options : options.fromNow();
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--" + e.getMessage());
        }
    }

    /** From a file, since a pipe that nobody reads holds up whoever writes, and no interrupt ends that. */
    private void run(ReceivedEvent event) throws IOException, InterruptedException {
        Path body = Files.createTempFile("ajbus-event", ".json");
        try {
            Files.write(body, event.body());
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                    .redirectInput(body.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment()
                    .putAll(Map.of(
                            "AJBUS_EVENT_ID", event.id(),
                            "AJBUS_EVENT_TYPE", event.type(),
                            "AJBUS_EVENT_NAME", event.name(),
                            "AJBUS_ATTEMPT", Integer.toString(event.attempt())));
            await(builder.start());
        } finally {
            Files.deleteIfExists(body);
        }
    }

    /** A command that is not done in time is ended with all that it started. */
    private static void await(Process process) throws InterruptedException {
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new CommandFailedException("the command ended with status " + status, null);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
