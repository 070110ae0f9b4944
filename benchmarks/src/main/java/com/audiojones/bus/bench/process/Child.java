package com.audiojones.bus.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM beside this one, on the same class path, that serves on a port. It tells the port through a file, writes what it
 * has to say into a log, and ends when its standard input does, so it never outlives its parent.
 */
public final class Child implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final int port;

    private Child(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a main class with the port file and further arguments; blocks until it has told its port. */
    public static Child start(String name, Class<?> main, Path directory, List<String> jvmOptions, String... arguments)
            throws IOException, InterruptedException {
        Path portFile = directory.resolve(name + ".port");
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), portFile.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, awaitPort(name, process, portFile, log));
    }

    /** For the child: tells the port, then blocks until the parent is gone, and ends the process. */
    public static void serve(Path portFile, int port) throws IOException {
        Path written = Files.writeString(portFile.resolveSibling(portFile.getFileName() + ".new"), port + "\n");
        Files.move(written, portFile, StandardCopyOption.ATOMIC_MOVE);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        System.exit(0);
    }

    /** Where it serves, on loopback. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int awaitPort(String name, Process process, Path portFile, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(portFile)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the " + name + " did not start: " + Files.readString(log));
            }
            Thread.sleep(POLL);
        }
        return Integer.parseInt(Files.readString(portFile).strip());
    }
}
