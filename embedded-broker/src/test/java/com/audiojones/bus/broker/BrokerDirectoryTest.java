package com.audiojones.bus.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDirectoryTest {
    private Path path;

    @BeforeEach
    void missingDirectory(@TempDir Path parent) {
        path = parent.resolve("a").resolve("b");
    }

    @Test
    void aMissingDirectoryIsCreatedAndFormattedOnce() throws IOException {
        BrokerDirectory.open(path).close();
        String formatted = Files.readString(path.resolve("meta.properties"));

        BrokerDirectory.open(path).close();

        assertThat(formatted).contains("cluster.id=ajbus-", "node.id=1");
        assertThat(path.resolve("meta.properties")).hasContent(formatted);
    }

    @Test
    void formattingThatWasCutOffIsDoneAgain() throws IOException {
        BrokerDirectory.open(path).close();
        Files.move(path.resolve("meta.properties"), path.resolve("meta.properties.tmp"));

        BrokerDirectory.open(path).close();

        assertThat(path.resolve("meta.properties")).content().contains("cluster.id=ajbus-");
    }

    @Test
    void otherFilesAreNeverFormattedOver() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("thesis.doc"), "chapter 1");

        assertRefused("directory %s: expected an empty one or one that ajbus formatted, got 'thesis.doc' in it: "
                + "choose another with --data");
    }

    @Test
    void theDataOfAnotherClusterIsRefused() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("meta.properties"), "version=1\ncluster.id=production\nnode.id=1\n");

        assertRefused("directory %s: expected Kafka data that ajbus formatted, got cluster id 'production' in "
                + "meta.properties: choose another with --data");
    }

    @Test
    void damagedMetaPropertiesAreNamed() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("meta.properties"), "cluster.id=\\uXYZ");

        assertRefused("directory %s: expected one that can be read and written, got: meta.properties is damaged");
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");

        assertRefused(
                "directory %s: expected one that can be read and written, got: %1$s " + "(FileAlreadyExistsException)");
    }

    @Test
    void aCommaInThePathIsRefused() {
        path = path.resolve("Jones, Audio");

        assertRefused("directory %s: expected a path without a comma, where Kafka would split it: "
                + "choose another with --data");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> BrokerDirectory.open(path))
                .isInstanceOf(BrokerStartException.class)
                .hasMessage(message, path);
    }
}
