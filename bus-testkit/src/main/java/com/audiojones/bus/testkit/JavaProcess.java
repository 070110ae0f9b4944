package com.audiojones.bus.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A JVM of its own on the test's class path, for tests that stop and kill. Its output is kept and shown on failure. */
public final class JavaProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Void> reader;

    private JavaProcess(Process process) {
        this.process = process;
        this.reader = CompletableFuture.runAsync(this::readOutput, Thread::startVirtualThread);
    }

    /** Starts {@code mainClass} with arguments, and with variables added to this process's environment. */
    public static JavaProcess start(String mainClass, List<String> arguments, Map<String, String> environment) {
        return start(List.of(), mainClass, arguments, environment);
    }

    /** The same with further options of the JVM; a class path among them replaces the test's. */
    public static JavaProcess start(
            List<String> options, String mainClass, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Blocks until a line of the output matches.
     *
     * @return the line
     * @throws AssertionError if none does in time, or the process ends first; with the whole output
     */
    public String awaitLine(Pattern pattern, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = reader.isDone();
            for (String line : output) {
                if (pattern.matcher(line).find()) {
                    return line;
                }
            }
            if (ended) {
                break;
            }
            Thread.sleep(POLL);
        }
        throw new AssertionError("no line matches " + pattern + " in:\n" + String.join("\n", output));
    }

    /** {@return whether it has not ended yet} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it printed so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** SIGTERM; blocks until it has ended and gives its exit code. */
    public int stop(Duration timeout) throws InterruptedException {
        process.destroy();
        return exitCode(timeout);
    }

    /** SIGKILL; blocks until it is gone and everything that it printed is in the output. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Blocks until it has ended by itself and gives its exit code. */
    public int exitCode(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + timeout + ":\n" + String.join("\n", output));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("(output ends: " + e.getMessage() + ")");
        }
    }
}
