package com.audiojones.bus.launcher.role;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.config.PrivateFile;
import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one bus on one machine keeps everything: the broker's log, the event store, what is counted, the admin key. Locked
 * for as long as it is open, so that two processes never write to it.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "ajbus.lock";
    private static final String ENDPOINTS = "endpoints.properties";
    private static final String ADMIN_KEY = "admin.key";
    private static final int KEY_BYTES = 24;

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the directory if it is missing and locks it.
     *
     * @param fresh whether what an earlier run left there is removed first
     * @throws ConfigException if it is in use, cannot be written, or holds something else
     */
    public static DataDirectory open(Path root, boolean fresh) {
        try {
            Files.createDirectories(root);
            if (!Files.exists(root.resolve(LOCK)) && !isEmpty(root)) {
                throw new ConfigException(
                        "data directory " + root + ": expected an empty directory or one of ajbus, got other files",
                        null);
            }
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new ConfigException(
                        "data directory " + root + " is in use by another ajbus: stop it or choose another with --data",
                        null);
            }
            DataDirectory directory = new DataDirectory(root, channel);
            if (fresh) {
                directory.clear();
            }
            return directory;
        } catch (IOException e) {
            throw new ConfigException("data directory " + root + ": cannot be used: " + e, e);
        }
    }

    /** Where the broker keeps its log. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Where what is counted is kept. */
    Path status() {
        return root.resolve("status");
    }

    /** The event store's file. */
    public Path store() {
        return root.resolve("events.db");
    }

    /** The admin key kept here, made at random and readable for the owner only if there is none yet. */
    public Secret adminKey() {
        Path file = root.resolve(ADMIN_KEY);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFile.create(file);
                Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new ConfigException("admin key " + file + ": cannot be read or made: " + e, e);
        }
    }

    /** Notes where the running bus listens, for commands that are given the directory alone. */
    public void writeEndpoints(Endpoints endpoints) {
        Properties properties = new Properties();
        properties.setProperty("kafka", endpoints.kafka());
        properties.setProperty("http", endpoints.http());
        try (var out = Files.newBufferedWriter(root.resolve(ENDPOINTS))) {
            properties.store(out, "where the bus of this directory listens");
        } catch (IOException e) {
            throw new ConfigException("data directory " + root + ": cannot be written: " + e, e);
        }
    }

    /** Where the bus of a directory listened when it last ran, the usual places if it never did. */
    public static Endpoints endpoints(Path root) {
        Properties properties = new Properties();
        Path file = root.resolve(ENDPOINTS);
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new ConfigException(file + ": cannot be read: " + e, e);
            }
        }
        return new Endpoints(
                properties.getProperty("kafka", "127.0.0.1:9092"),
                properties.getProperty("http", "http://127.0.0.1:8080"));
    }

    /** The admin key that the bus of a directory uses, null if it never made one. */
    public static @Nullable Secret existingAdminKey(Path root) {
        Path file = root.resolve(ADMIN_KEY);
        try {
            return Files.exists(file) ? new Secret(Files.readString(file).strip()) : null;
        } catch (IOException e) {
            throw new ConfigException("admin key " + file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Where a bus listens.
     *
     * @param kafka bootstrap servers
     * @param http the admin API's root
     */
    public record Endpoints(String kafka, String http) {}

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ConfigException("data directory " + root + ": cannot be unlocked: " + e, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The lock is held until the channel is closed, or the process ends in whatever way. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void clear() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(root.resolve(LOCK))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (!directory.equals(root)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
