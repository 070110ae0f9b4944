package com.audiojones.bus.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The directory of one broker: locked against a second one while open, and formatted on first use. Kafka's own lock is
 * taken only after the metadata log is opened, too late to protect a running broker from a second start.
 */
final class BrokerDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "broker.lock";
    private static final String META_FILE = "meta.properties";
    private static final String CLUSTER_PREFIX = "ajbus-";

    /** What a first start that was killed while formatting may have left; {@value #META_FILE} is written last. */
    private static final Set<String> UNFINISHED_FORMAT =
            Set.of(LOCK_FILE, META_FILE + ".tmp", "bootstrap.checkpoint", "bootstrap.checkpoint.tmp", "lost+found");

    private final Path path;
    private final FileChannel lockFile;

    private BrokerDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the directory where it is missing, locks it, and formats it where it is new. */
    static BrokerDirectory open(Path path) {
        if (path.toAbsolutePath().toString().contains(",")) {
            throw new BrokerStartException(
                    "directory %s: expected a path without a comma, where Kafka would split it: choose another with --data"
                            .formatted(path));
        }
        try {
            Files.createDirectories(path);
            return prepared(new BrokerDirectory(path, lock(path)));
        } catch (IOException e) {
            throw new BrokerStartException(
                    "directory %s: expected one that can be read and written, got: %s".formatted(path, reason(e)), e);
        }
    }

    private static BrokerDirectory prepared(BrokerDirectory directory) throws IOException {
        try {
            directory.prepare();
            return directory;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of %s could not be released".formatted(path), e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: the same answer as for another process.
        }
        file.close();
        throw new BrokerStartException(
                "directory %s is in use by another running broker: stop it or choose another with --data"
                        .formatted(path));
    }

    private void prepare() throws IOException {
        if (Files.exists(path.resolve(META_FILE))) {
            refuseForeignCluster();
        } else {
            refuseForeignFiles();
            format();
        }
    }

    private void refuseForeignCluster() throws IOException {
        Properties meta = new Properties();
        try (Reader reader = Files.newBufferedReader(path.resolve(META_FILE))) {
            meta.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(META_FILE + " is damaged", e);
        }
        String cluster = meta.getProperty("cluster.id", "none");
        if (!cluster.startsWith(CLUSTER_PREFIX)) {
            throw new BrokerStartException(
                    "directory %s: expected Kafka data that ajbus formatted, got cluster id '%s' in %s: choose another with --data"
                            .formatted(path, cluster, META_FILE));
        }
    }

    private void refuseForeignFiles() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            Optional<String> foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !UNFINISHED_FORMAT.contains(name))
                    .sorted()
                    .findFirst();
            if (foreign.isPresent()) {
                throw new BrokerStartException(
                        "directory %s: expected an empty one or one that ajbus formatted, got '%s' in it: choose another with --data"
                                .formatted(path, foreign.get()));
            }
        }
    }

    private void format() throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                    .setClusterId(CLUSTER_PREFIX + Uuid.randomUuid())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(path.toAbsolutePath().toString())
                    .addDirectory(path.toAbsolutePath().toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("it could not be formatted", e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied to " + failure.getMessage();
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return "%s (%s)".formatted(file.getFile(), file.getClass().getSimpleName());
        }
        return String.valueOf(failure.getMessage());
    }
}
