package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.LoopLimits;
import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes subscriptions, and closes them. Safe for use by many threads. */
public final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    /** Handlers at work, and as many again three times that wait for them, or behind a record of their key. */
    private static final int RECORDS_PER_HANDLER = 4;

    private static final long BYTES_IN_HAND = 16L * 1024 * 1024;
    private static final Duration COMMIT_EVERY = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final List<String> LANES =
            Arrays.stream(Lane.values()).map(Lane::topic).toList();
    private static final String AUDIT_ROOT = "audit.";

    private final KafkaSettings kafka;
    private final String application;
    private final GroupAdmin admin;
    private final InstantSource clock;
    private final Map<String, String> patterns = new HashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Consumer<Subscription>> watchers = new ArrayList<>();
    private @Nullable Letterbox letterbox;

    /** What failed is written with one producer for all subscriptions. */
    private record Letterbox(Producer<byte[], byte[]> producer, ScheduledExecutorService timer, DurableWriter writer) {

        static Letterbox open(KafkaSettings kafka, String clientId) {
            Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer(clientId));
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("event-bus-letters").daemon().factory());
            return new Letterbox(producer, timer, new DurableWriter(producer, timer, (record, failure) -> record));
        }

        void close(Duration deadline) {
            writer.close();
            timer.shutdownNow();
            producer.close(deadline);
        }
    }

    /**
     * Subscribes nothing yet.
     *
     * @param kafka how the cluster is reached
     * @param application begins the names of groups that are given none
     * @param deadline how long each question to Kafka may take
     * @param clock tells the time
     */
    public Subscriber(KafkaSettings kafka, String application, Duration deadline, InstantSource clock) {
        this.kafka = kafka;
        this.application = application;
        this.admin = new GroupAdmin(kafka, application + "-subscriptions", deadline);
        this.clock = clock;
    }

    /**
     * Begins to hand events over.
     *
     * @param pattern what names or types to subscribe to, see {@link NamePattern}
     * @param options how
     * @param handler works on the events
     * @return the running subscription
     * @throws IllegalArgumentException if no event can have such a name
     * @throws SubscriptionException if the group is subscribed to something else, or Kafka does not answer
     */
    public Subscription subscribe(String pattern, SubscribeOptions options, AsyncEventHandler handler) {
        NamePattern wanted = checked(pattern);
        String group = options.group() == null ? group(pattern) : options.group();
        Subscription subscription = register(group, pattern, () -> {
            GroupTopics topics = new GroupTopics(group);
            admin.create(topics.specs(!options.ordered()));
            if (options.startingNow()) {
                admin.beginNow(group, LANES);
            }
            Progress progress = new Progress();
            Gate gate = new Gate();
            GroupLetters letters = new GroupLetters(group, topics, letterbox().writer());
            List<PartitionLoop> loops = new ArrayList<>();
            for (Lane lane : Lane.values()) {
                RecordHandler records = new EventRecords(
                        wanted, handler, topics, letters, new Handlers(options, progress, gate), clock);
                loops.add(loop(group + "." + lane.label(), group, pattern, List.of(lane.topic()), options, records));
            }
            if (!options.ordered()) {
                RecordHandler records = new EventRecords(
                        wanted, handler, topics, letters, new Handlers(options, progress, gate), clock);
                loops.add(loop(group + ".retry", group, pattern, topics.delays().keySet(), options, records));
            }
            return new Subscription(group, pattern, LANES, loops, progress, gate, admin);
        });
        LOG.info("📬 Subscribed to event type: {} (group {})", pattern, group);
        return subscription;
    }

    /**
     * Begins to hand dead letters over: those of webhook targets, and those of this application's groups that exist by now.
     *
     * @param options how; the group is one of the application's own where none is given
     * @param handler works on the letters
     * @return the running subscription
     * @throws SubscriptionException if Kafka does not answer
     */
    public Subscription subscribeToDeadLetters(SubscribeOptions options, DeadLetterHandler handler) {
        String group = options.group() == null ? group("dead-letters") : options.group();
        Subscription subscription = register(group, Topics.DEAD_LETTERS, () -> {
            List<String> topics = new ArrayList<>(List.of(Topics.DEAD_LETTERS));
            topics.addAll(deadLetterTopics());
            if (options.startingNow()) {
                admin.beginNow(group, topics);
            }
            Progress progress = new Progress();
            Gate gate = new Gate();
            RecordHandler records = new DeadLetterRecords(handler, new Handlers(options, progress, gate));
            PartitionLoop loop = loop(group, group, Topics.DEAD_LETTERS, topics, options, records);
            return new Subscription(group, Topics.DEAD_LETTERS, topics, List.of(loop), progress, gate, admin);
        });
        LOG.info("📬 Subscribed to dead letters (group {})", group);
        return subscription;
    }

    /**
     * Tells of every subscription once: those that are there, then each that is made, before it begins.
     *
     * @param told is kept for as long as this is; it must return at once and throw nothing
     */
    public void onSubscription(Consumer<Subscription> told) {
        synchronized (this) {
            watchers.add(told);
            subscriptions.forEach(told);
        }
    }

    private List<String> deadLetterTopics() {
        List<String> topics =
                new ArrayList<>(admin.topics(GroupTopics.PREFIX + application + ".", GroupTopics.DEAD_LETTERS));
        patterns.keySet().stream()
                .map(group -> new GroupTopics(group).deadLetters())
                .filter(topic -> !topics.contains(topic))
                .filter(topic -> !admin.topics(topic, "").isEmpty())
                .forEach(topics::add);
        return topics;
    }

    private interface Making {
        Subscription make();
    }

    private synchronized Subscription register(String group, String pattern, Making making) {
        String other = patterns.get(group);
        if (other != null && !other.equals(pattern)) {
            throw new SubscriptionException("group " + group + ": expected the pattern '" + other
                    + "' that it is subscribed to here, got '" + pattern
                    + "': each event goes to one member, so give this subscription a group of its own");
        }
        admin.checkSamePattern(group, pattern);
        Subscription subscription = making.make();
        patterns.put(group, pattern);
        subscriptions.add(subscription);
        watchers.forEach(watcher -> watcher.accept(subscription));
        subscription.start();
        return subscription;
    }

    private PartitionLoop loop(
            String name,
            String group,
            String pattern,
            Collection<String> topics,
            SubscribeOptions options,
            RecordHandler records) {
        Map<String, Object> config = kafka.consumer(GroupAdmin.clientId(name, pattern), group);
        LoopLimits limits =
                new LoopLimits(RECORDS_PER_HANDLER * options.concurrency(), BYTES_IN_HAND, COMMIT_EVERY, GRACE);
        return new PartitionLoop(name, config, topics, limits, records);
    }

    private synchronized Letterbox letterbox() {
        if (letterbox == null) {
            letterbox = Letterbox.open(kafka, application + "-letters");
        }
        return letterbox;
    }

    private String group(String pattern) {
        return application + "." + pattern.replace("*", "any");
    }

    /** The second segment of an audit event's name is always a topic's. */
    private static NamePattern checked(String pattern) {
        NamePattern wanted = NamePattern.of(pattern);
        if (pattern.startsWith(AUDIT_ROOT)) {
            String[] segments = pattern.split("\\.", 3);
            String topic = AUDIT_ROOT + segments[1];
            if (!segments[1].contains("*") && Topics.family(topic).isEmpty()) {
                throw new IllegalArgumentException("pattern: expected a topic of the bus ("
                        + String.join(", ", Topics.ingest()) + "), got '" + topic + "', so no event can match");
            }
        }
        return wanted;
    }

    /** Closes every subscription, each within a few seconds. Calling it again does nothing. */
    @Override
    public void close() {
        List<Subscription> open;
        synchronized (this) {
            open = List.copyOf(subscriptions);
            subscriptions.clear();
        }
        BusService.closeTogether(open.stream().flatMap(Subscription::services).toList());
        synchronized (this) {
            if (letterbox != null) {
                letterbox.close(Duration.ofSeconds(2));
                letterbox = null;
            }
        }
        admin.close();
    }
}
