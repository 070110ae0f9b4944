package com.audiojones.bus.signature;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** A receiver's source, run as it is by a JVM that has this module's own classes and jspecify on its class path. */
final class ReceiverProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String LISTENING = "listening on port ";

    private final Process process;
    private final Path output;
    private final int port;

    private ReceiverProcess(Process process, Path output) throws IOException, InterruptedException {
        this.process = process;
        this.output = output;
        String line = awaitLine(LISTENING);
        this.port = Integer.parseInt(line.substring(line.indexOf(LISTENING) + LISTENING.length()));
    }

    /** Starts it on any free port and blocks until it listens; {@code environment} is added to this process's. */
    static ReceiverProcess start(Path source, Map<String, String> environment) throws Exception {
        Path output = Files.createTempFile("receiver", ".log");
        output.toFile().deleteOnExit();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-cp", classPath(), source.toString(), "0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("CLASSPATH");
        builder.environment().putAll(environment);
        return new ReceiverProcess(builder.start(), output);
    }

    int port() {
        return port;
    }

    /** The lines that are whole. */
    List<String> output() throws IOException {
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Blocks until a line of the output contains the text, and gives the line; fails with the output in the end. */
    String awaitLine(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            for (String line : output()) {
                if (line.contains(text)) {
                    return line;
                }
            }
            Thread.sleep(10);
        }
        process.destroyForcibly();
        throw new AssertionError("no line contains \"" + text + "\" in:\n" + String.join("\n", output()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String classPath() throws URISyntaxException {
        return Stream.of(place(WebhookVerifier.class), place(NullMarked.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The directory or jar that a class is from. */
    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
