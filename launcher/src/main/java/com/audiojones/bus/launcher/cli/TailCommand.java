package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints events as they pass. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints routed events as they pass, one line each, until Ctrl-C.")
final class TailCommand implements Callable<Integer> {

    private static final int API_TIMEOUT_MILLIS = 5_000;
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    @Mixin
    private BusLocation location = new BusLocation();

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..1",
            defaultValue = "*",
            description = "names or types, such as audit.user or status_* (default: all)")
    private String pattern = "*";

    @Option(names = "--from-beginning", description = "begin with the oldest event that Kafka still has")
    private boolean fromBeginning;

    @Option(names = "--json", description = "print the delivery body alone")
    private boolean json;

    @Override
    public Integer call() {
        NamePattern wanted = pattern();
        Map<String, Object> config = location.kafka().reader("ajbus-tail");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        QuietKafka.begin();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            assignLanes(consumer);
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL_TIMEOUT).forEach(record -> print(record, wanted));
                System.out.flush();
            }
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "Kafka at " + location.kafka().bootstrapServers() + " cannot be read (" + e.getMessage()
                            + "); is 'ajbus dev' running?",
                    e);
        }
        return 0;
    }

    private NamePattern pattern() {
        try {
            return NamePattern.of(pattern);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    private void assignLanes(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = Arrays.stream(Lane.values())
                .flatMap(lane -> consumer.partitionsFor(lane.topic()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> record, NamePattern wanted) {
        try {
            LaneHeaders event = LaneHeaders.read(record.headers());
            boolean matches = wanted.matches(event.name()) || wanted.matches(event.eventType());
            if (matches && record.value() != null) {
                String body = new String(record.value(), StandardCharsets.UTF_8);
                System.out.println(json ? body : line(event, body));
            }
        } catch (InvalidRecordException e) {
            System.err.println("passed over: " + e.reason());
        }
    }

    private static String line(LaneHeaders event, String body) {
        String replay = event.replayId() == null ? "" : " (" + event.replayId() + ")";
        return event.ingestedAt() + " " + event.priority() + " " + event.name() + replay + " " + body;
    }
}
