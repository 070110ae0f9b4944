package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.HeaderReader;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands lane records, and those that come back from the group's retry topics, to the handler of a subscription. */
final class EventRecords implements RecordHandler {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");
    private static final Work NOTHING = extent -> {};

    private final NamePattern pattern;
    private final AsyncEventHandler handler;
    private final GroupTopics topics;
    private final GroupLetters letters;
    private final Handlers handlers;
    private final InstantSource clock;

    EventRecords(
            NamePattern pattern,
            AsyncEventHandler handler,
            GroupTopics topics,
            GroupLetters letters,
            Handlers handlers,
            InstantSource clock) {
        this.pattern = pattern;
        this.handler = handler;
        this.topics = topics;
        this.letters = letters;
        this.handlers = handlers;
        this.clock = clock;
    }

    @Override
    public boolean hasRoom() {
        return handlers.hasRoom();
    }

    @Override
    public long waitNanos(ConsumerRecord<byte[], byte[]> record) {
        Duration delay = topics.delays().getOrDefault(record.topic(), Duration.ZERO);
        return delay.isZero()
                ? 0
                : Duration.between(
                                clock.instant(),
                                Instant.ofEpochMilli(record.timestamp()).plus(delay))
                        .toNanos();
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        try {
            LaneHeaders headers = LaneHeaders.read(record.headers());
            if (record.value() == null || !isMeant(headers)) {
                settled.run();
                return NOTHING;
            }
            int spent = spent(record);
            if (spent == 0 && hasExpired(headers)) {
                handlers.progress().expired();
                settled.run();
                return NOTHING;
            }
            return begin(record, headers, spent, settled);
        } catch (InvalidRecordException e) {
            return unreadable(record, e.reason(), settled);
        }
    }

    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        LOG.error(
                "{}-{} at {} is passed over by the subscribers to {}: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                pattern,
                reason);
        settled.run();
        return NOTHING;
    }

    private Work begin(ConsumerRecord<byte[], byte[]> record, LaneHeaders headers, int spent, Runnable settled) {
        HandlerTask task = new HandlerTask(
                "event " + headers.eventId() + " (" + headers.name() + ")",
                number -> handler.handle(new ReceivedEvent(headers, record.key(), record.value(), number)),
                headers.traceparent(),
                handlers,
                new RecordCourse(record, headers, spent),
                settled);
        handlers.begin(record, task);
        return task;
    }

    /** Only a record that comes back has been tried before. */
    private int spent(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        return topics.delays().containsKey(record.topic())
                ? new HeaderReader(record.headers()).required(GroupLetters.ATTEMPT, Integer::valueOf)
                : 0;
    }

    /** Replays to one target are that target's alone. */
    private boolean isMeant(LaneHeaders headers) {
        return headers.onlyTarget() == null
                && (pattern.matches(headers.name()) || pattern.matches(headers.eventType()));
    }

    private boolean hasExpired(LaneHeaders headers) {
        return headers.expiresAt() != null && !headers.expiresAt().isAfter(clock.instant());
    }

    /** How one record is worked on. */
    private final class RecordCourse implements HandlerTask.Course {

        private final ConsumerRecord<byte[], byte[]> record;
        private final LaneHeaders headers;
        private final int spent;

        RecordCourse(ConsumerRecord<byte[], byte[]> record, LaneHeaders headers, int spent) {
            this.record = record;
            this.headers = headers;
            this.spent = spent;
        }

        @Override
        public int spent() {
            return spent;
        }

        @Override
        public List<Duration> waits() {
            return LiveSettings.DEFAULTS.retryWaits(headers.priority());
        }

        @Override
        public boolean retriesElsewhere(int attempts, String failure, Runnable settle) {
            if (handlers.areOrdered()) {
                return false;
            }
            letters.retry(record, attempts, failure, waits().get(attempts - 1), settle);
            return true;
        }

        @Override
        public void giveUp(int attempts, String failure, Runnable settle) {
            letters.deadLetter(record, attempts, DeadLetterReason.MAX_ATTEMPTS, failure, clock.instant(), () -> {
                handlers.progress().deadLettered();
                settle.run();
            });
        }
    }
}
