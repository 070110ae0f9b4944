package com.audiojones.bus.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EmbeddedBrokerIT {
    private static final int LARGEST_VALUE_BYTES = (1024 + 64) * 1024;

    @TempDir
    Path directory;

    @Test
    void aBrokerIsThereForClientsWhenStartReturns() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            assertThat(clientOf(broker).nodes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void theLargestRecordArrivesWithItsHeaders(String protocol) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            BrokerClient client = clientOf(broker);
            client.createTopic("large", Map.of());
            byte[] value = new byte[LARGEST_VALUE_BYTES];
            value[LARGEST_VALUE_BYTES - 1] = 1;
            byte[] header = new byte[8 * 1024];
            try (KafkaProducer<byte[], byte[]> producer = client.producer()) {
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>("large", value);
                sent.headers().add("reason", header);
                producer.send(sent).get();
            }

            List<ConsumerRecord<byte[], byte[]>> received = client.consume("large", "readers", protocol, 1);

            assertThat(received).singleElement().satisfies(record -> {
                assertThat(record.value()).isEqualTo(value);
                assertThat(record.headers().lastHeader("reason").value()).isEqualTo(header);
            });
        }
    }

    @Test
    void aTopicIsNeverCreatedByMistake() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
                KafkaProducer<byte[], byte[]> producer = clientOf(broker).producer()) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", new byte[1]))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("mistyped not present");
        }
    }

    @Test
    void aRestartOnAnotherPortKeepsRecordsAndCommittedOffsets() throws Exception {
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            firstPort = broker.port();
            BrokerClient client = clientOf(broker);
            client.createTopic("orders", Map.of());
            client.produce("orders", List.of("a", "b"));
            assertThat(client.consumeValues("orders", "readers", 2)).containsExactlyInAnyOrder("a", "b");
            client.produce("orders", List.of("c"));
        }

        try (ServerSocket firstPortTaken = new ServerSocket(firstPort, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(broker.port()).isNotEqualTo(firstPortTaken.getLocalPort());
            assertThat(clientOf(broker).consumeValues("orders", "readers", 1)).containsExactly("c");
            assertThat(clientOf(broker).consumeValues("orders", "others", 3)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void ackedRecordsSurviveTheKillOfTheirProcess() throws Exception {
        List<String> values =
                IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        try (BrokerProcess killed = BrokerProcess.start(directory)) {
            BrokerClient client = new BrokerClient(killed.bootstrapServers());
            client.createTopic("orders", Map.of());
            client.produce("orders", values);
            assertThat(client.consumeValues("orders", "readers", 500)).hasSize(500);
            client.produce("orders", List.of("last"));
            killed.kill();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(clientOf(broker).consumeValues("orders", "readers", 1)).containsExactly("last");
            assertThat(clientOf(broker).consumeValues("orders", "others", 501))
                    .containsAll(values)
                    .hasSize(501);
        }
    }

    @Test
    void brokersOfOneJvmHaveNothingInCommon(@TempDir Path otherDirectory) throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(directory, 0)) {
            clientOf(one).createTopic("orders", Map.of());
            try (EmbeddedBroker other = EmbeddedBroker.start(otherDirectory, 0)) {
                clientOf(other).createTopic("orders", Map.of());
                clientOf(one).produce("orders", List.of("of one"));
                clientOf(other).produce("orders", List.of("of the other"));

                assertThat(clientOf(other).consumeValues("orders", "readers", 1))
                        .containsExactly("of the other");
            }
            assertThat(clientOf(one).consumeValues("orders", "readers", 1)).containsExactly("of one");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = holder.getLocalPort();

            assertThatThrownBy(() -> EmbeddedBroker.start(directory, port))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessage(
                            "port %d on 127.0.0.1 is in use: stop the process that holds it"
                                    + " or choose another with --kafka-port",
                            port);
        }
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsBrokerGoesOn() throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(directory, 0)) {
            assertInUse();
            assertThat(clientOf(first).nodes()).isEqualTo(1);
        }
        try (BrokerProcess first = BrokerProcess.start(directory)) {
            assertInUse();
            assertThat(new BrokerClient(first.bootstrapServers()).nodes()).isEqualTo(1);
        }
    }

    @Test
    void damagedDataFailsTheStartAndLeavesNothingRunning() throws Exception {
        EmbeddedBroker.start(directory, 0).close();
        Path damaged = directory.resolve("__cluster_metadata-0").resolve("quorum-state");
        String intact = Files.readString(damaged);
        Files.writeString(damaged, "not what Kafka wrote");

        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageStartingWith("broker in %s could not start: ", directory)
                .hasMessageContaining("quorum-state")
                .hasMessageEndingWith("move them away to start with an empty broker)");

        Files.writeString(damaged, intact);
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void aBrokerThatLostItsDirectoryEndsItsProcessWithOneSentence(@TempDir Path logs) throws Exception {
        Path lost = directory.resolve("lost");
        Path errors = logs.resolve("errors");
        try (BrokerProcess doomed = BrokerProcess.start(lost, ProcessBuilder.Redirect.to(errors.toFile()))) {
            BrokerClient client = new BrokerClient(doomed.bootstrapServers());
            client.createTopic("before", Map.of());
            Files.move(lost, directory.resolve("moved"));
            Files.writeString(lost, "a file where the directory was");

            client.askForTopic("after");

            assertThat(doomed.awaitExit()).isEqualTo(1);
            assertThat(errors)
                    .content()
                    .contains("broker in " + lost + ": Kafka cannot go on (")
                    .contains("the process ends, what was acknowledged is kept");
        }
    }

    @Test
    void closeIsQuickWhileClientsAreConnectedAndMayBeRepeated() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        BrokerClient client = clientOf(broker);
        client.createTopic("orders", Map.of());
        client.produce("orders", List.of("a"));
        try (KafkaConsumer<byte[], byte[]> connected = client.consumer("readers", "consumer")) {
            connected.subscribe(List.of("orders"));
            while (connected.poll(Duration.ofMillis(100)).isEmpty()) {
                assertThat(connected.subscription()).containsExactly("orders");
            }
            long begin = System.nanoTime();

            broker.close();
            broker.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            connected.unsubscribe();
        }
    }

    private void assertInUse() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(BrokerStartException.class)
                .hasMessage(
                        "directory %s is in use by another running broker: stop it or choose another with --data",
                        directory);
    }

    private static BrokerClient clientOf(EmbeddedBroker broker) {
        return new BrokerClient(broker.bootstrapServers());
    }
}
