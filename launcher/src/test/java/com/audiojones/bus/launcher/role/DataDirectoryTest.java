package com.audiojones.bus.launcher.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.launcher.role.DataDirectory.Endpoints;
import com.audiojones.bus.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path root;

    @Test
    void theAdminKeyIsMadeOnceAndReadableForTheOwnerOnly() throws IOException {
        Secret key;
        try (DataDirectory data = DataDirectory.open(root, false)) {
            key = data.adminKey();
            assertThat(data.adminKey()).isEqualTo(key);
        }

        assertThat(key.reveal()).hasSize(32);
        assertThat(DataDirectory.existingAdminKey(root)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("admin.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryInUseIsOneSentence() {
        try (DataDirectory data = DataDirectory.open(root, false)) {
            assertThat(data.kafka()).isEqualTo(root.resolve("kafka"));
            assertThatThrownBy(() -> DataDirectory.open(root, true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("data directory " + root
                            + " is in use by another ajbus: stop it or choose another with --data");
        }
    }

    @Test
    void aDirectoryOfSomethingElseIsNeverTouched() throws IOException {
        Files.writeString(root.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> DataDirectory.open(root, true))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "data directory " + root + ": expected an empty directory or one of ajbus, got other files");
        assertThat(root.resolve("thesis.txt")).exists();
    }

    @Test
    void freshForgetsEverything() throws IOException {
        try (DataDirectory data = DataDirectory.open(root, false)) {
            data.adminKey();
            Files.createDirectories(data.kafka().resolve("topic-0"));
            Files.writeString(data.kafka().resolve("topic-0").resolve("log"), "x");
        }

        try (DataDirectory data = DataDirectory.open(root, true)) {
            assertThat(data.kafka()).doesNotExist();
            assertThat(DataDirectory.existingAdminKey(root)).isNull();
        }
    }

    @Test
    void commandsFindTheBusByItsDirectory() {
        assertThat(DataDirectory.endpoints(root)).isEqualTo(new Endpoints("127.0.0.1:9092", "http://127.0.0.1:8080"));

        Endpoints endpoints = new Endpoints("127.0.0.1:1", "http://127.0.0.1:2");
        try (DataDirectory data = DataDirectory.open(root, false)) {
            data.writeEndpoints(endpoints);
        }

        assertThat(DataDirectory.endpoints(root)).isEqualTo(endpoints);
    }
}
