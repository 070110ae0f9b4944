package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands dead letters to a handler. One that it cannot work on is logged and stays in its topic. */
final class DeadLetterRecords implements RecordHandler {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final Work NOTHING = extent -> {};
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));

    private final DeadLetterHandler handler;
    private final Handlers handlers;

    DeadLetterRecords(DeadLetterHandler handler, Handlers handlers) {
        this.handler = handler;
        this.handlers = handlers;
    }

    @Override
    public boolean hasRoom() {
        return handlers.hasRoom();
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        try {
            DeadLetter letter = read(record);
            HandlerTask task = new HandlerTask(
                    "dead letter of " + letter.recipient() + " about event "
                            + letter.event().id(),
                    number -> {
                        handler.handle(letter);
                        return CompletableFuture.completedStage(null);
                    },
                    letter.event().traceparent(),
                    handlers,
                    new LetterCourse(),
                    settled);
            handlers.begin(record, task);
            return task;
        } catch (InvalidRecordException e) {
            return unreadable(record, e.reason(), settled);
        }
    }

    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        LOG.error(
                "{}-{} at {} is no dead letter and passed over: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        settled.run();
        return NOTHING;
    }

    private static DeadLetter read(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        HeaderReader in = new HeaderReader(record.headers());
        boolean webhook = record.topic().equals(Topics.DEAD_LETTERS);
        int attempts = in.required(GroupLetters.ATTEMPT, Integer::parseInt);
        return new DeadLetter(
                new ReceivedEvent(
                        LaneHeaders.read(record.headers()),
                        record.key(),
                        Objects.requireNonNullElse(record.value(), new byte[0]),
                        attempts),
                in.required(webhook ? "target-id" : GroupLetters.GROUP),
                webhook,
                attempts,
                in.required(GroupLetters.REASON),
                in.required(GroupLetters.LAST_ERROR),
                in.required(GroupLetters.FAILED_AT, text -> Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /** The waits of P0, then the next letter. */
    private final class LetterCourse implements HandlerTask.Course {

        @Override
        public int spent() {
            return 0;
        }

        @Override
        public List<Duration> waits() {
            return WAITS;
        }

        @Override
        public boolean retriesElsewhere(int attempts, String failure, Runnable settle) {
            return false;
        }

        @Override
        public void giveUp(int attempts, String failure, Runnable settle) {
            LOG.error("a dead letter was not worked on, and stays in its topic: {}", failure);
            settle.run();
        }
    }
}
