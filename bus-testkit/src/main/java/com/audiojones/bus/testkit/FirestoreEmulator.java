package com.audiojones.bus.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Google's Firestore emulator in a process of its own. It keeps everything in memory: tests take a project each. The one
 * for all tests is that of {@code FIRESTORE_EMULATOR_HOST} where that is set, else the installed Cloud SDK's.
 */
public final class FirestoreEmulator implements AutoCloseable {

    private static final String JAR = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
    private static final Duration START = Duration.ofSeconds(60);

    private static @Nullable FirestoreEmulator shared;

    private final String host;
    private final @Nullable Process process;

    private FirestoreEmulator(String host, @Nullable Process process) {
        this.host = host;
        this.process = process;
    }

    /** {@return the one of this JVM's tests, which ends with the JVM} */
    public static synchronized FirestoreEmulator shared() {
        if (shared == null) {
            String given = System.getenv("FIRESTORE_EMULATOR_HOST");
            shared = given == null ? start(FreePort.next()) : new FirestoreEmulator(given, null);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /**
     * {@return an emulator of its own, to be closed by the caller; it has no documents}
     *
     * @param port where it listens, on loopback
     */
    public static FirestoreEmulator start(int port) {
        String host = "127.0.0.1:" + port;
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Duser.language=en",
                            "-Xmx1g",
                            "-cp",
                            jar().toString(),
                            "com.google.cloud.datastore.emulator.firestore.CloudFirestore",
                            "start",
                            "--host=127.0.0.1",
                            "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Files.createTempFile("firestore-emulator", ".log").toFile())
                    .start();
            FirestoreEmulator emulator = new FirestoreEmulator(host, process);
            emulator.awaitReady();
            return emulator;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return {@code host:port}} */
    public String host() {
        return host;
    }

    /** {@return its process, for tests that freeze or kill it} */
    public ProcessHandle process() {
        if (process == null) {
            throw new IllegalStateException("the emulator at " + host + " is not of this test");
        }
        return process.toHandle();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void awaitReady() {
        Instant end = Instant.now().plus(START);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client)) {
                if (Instant.now().isAfter(end) || process != null && !process.isAlive()) {
                    close();
                    throw new IllegalStateException("the Firestore emulator at " + host + " did not start");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://" + host + "/"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path jar() {
        Stream<Path> installed = Stream.of(
                        System.getenv("CLOUDSDK_ROOT_DIR"),
                        "/usr/lib/google-cloud-sdk",
                        "/usr/share/google-cloud-sdk",
                        "/opt/google-cloud-sdk",
                        "/google-cloud-sdk",
                        System.getProperty("user.home") + "/google-cloud-sdk",
                        "/snap/google-cloud-cli/current")
                .filter(root -> root != null)
                .map(Path::of);
        Optional<Path> found = Stream.concat(installed, besideTheCommand().stream())
                .map(root -> root.resolve(JAR))
                .filter(Files::exists)
                .findFirst();
        return found.orElseThrow(
                () -> new IllegalStateException("the tests need Google's Firestore emulator: install the"
                        + " Cloud SDK with its component cloud-firestore-emulator (apt: google-cloud-cli-firestore-emulator), or"
                        + " set FIRESTORE_EMULATOR_HOST to one that runs"));
    }

    /** Where {@code gcloud} on the path really is. */
    private static List<Path> besideTheCommand() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "gcloud"))
                .filter(Files::exists)
                .flatMap(command -> {
                    try {
                        return Stream.of(command.toRealPath().resolveSibling(".."));
                    } catch (IOException e) {
                        return Stream.<Path>empty();
                    }
                })
                .toList();
    }
}
