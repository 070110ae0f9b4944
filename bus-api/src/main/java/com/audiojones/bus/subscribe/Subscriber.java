package com.audiojones.bus.subscribe;

import com.audiojones.bus.consume.PartitionLoop;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.subscribe.Subscription.Preparation;
import com.audiojones.bus.subscribe.Subscription.Prepared;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes subscriptions, and closes them. Safe for use by many threads. */
public final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private static final List<String> LANES =
            Arrays.stream(Lane.values()).map(Lane::topic).toList();

    private final KafkaSettings kafka;
    private final String application;
    private final Duration deadline;
    private final boolean patient;
    private final GroupAdmin admin;
    private final InstantSource clock;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Consumer<Subscription>> watchers = new ArrayList<>();
    private @Nullable Letterbox letterbox;
    private boolean closed;

    /**
     * Subscribes nothing yet.
     *
     * @param kafka how the cluster is reached
     * @param application begins the names of groups that are given none
     * @param deadline how long each question to Kafka may take
     * @param patient whether a subscription that finds Kafka away begins when it is back, instead of failing
     * @param clock tells the time
     */
    public Subscriber(
            KafkaSettings kafka, String application, Duration deadline, boolean patient, InstantSource clock) {
        this.kafka = kafka;
        this.deadline = deadline;
        this.patient = patient;
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
        NamePattern wanted = Wanted.pattern(pattern);
        String group = options.group() == null ? group(pattern) : options.group();
        Progress progress = new Progress();
        Gate gate = new Gate(!options.beginsPaused());
        Subscription subscription = register(group, pattern, progress, gate, () -> {
            GroupTopics topics = new GroupTopics(group);
            admin.create(topics.specs(!options.ordered()));
            if (options.startingNow()) {
                admin.beginNow(group, LANES);
            }
            GroupLetters letters = new GroupLetters(group, topics, letterbox().writer());
            Supplier<RecordHandler> records = () ->
                    new EventRecords(wanted, handler, topics, letters, new Handlers(options, progress, gate), clock);
            List<PartitionLoop> loops = new ArrayList<>();
            for (Lane lane : Lane.values()) {
                String name = group + "." + lane.label();
                loops.add(Loops.of(kafka, name, group, pattern, List.of(lane.topic()), options, records.get()));
            }
            Collection<String> retries = retries(topics, options);
            if (!retries.isEmpty()) {
                loops.add(Loops.of(kafka, group + ".retry", group, pattern, retries, options, records.get()));
            }
            return new Prepared(LANES, loops);
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
        Progress progress = new Progress();
        Gate gate = new Gate(!options.beginsPaused());
        Subscription subscription = register(group, Topics.DEAD_LETTERS, progress, gate, () -> {
            List<String> topics = new ArrayList<>(List.of(Topics.DEAD_LETTERS));
            topics.addAll(deadLetterTopics());
            if (options.startingNow()) {
                admin.beginNow(group, topics);
            }
            RecordHandler records = new DeadLetterRecords(handler, new Handlers(options, progress, gate));
            PartitionLoop loop = Loops.of(kafka, group, group, Topics.DEAD_LETTERS, topics, options, records);
            return new Prepared(topics, List.of(loop));
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

    /** A group that is ordered now may have been unordered before, and has to work off what waits there. */
    private Collection<String> retries(GroupTopics topics, SubscribeOptions options) {
        return options.ordered()
                ? admin.topics(topics.retryPrefix(), "").stream()
                        .filter(topics.delays()::containsKey)
                        .toList()
                : topics.delays().keySet();
    }

    private List<String> deadLetterTopics() {
        List<String> topics =
                new ArrayList<>(admin.topics(GroupTopics.PREFIX + application + ".", GroupTopics.DEAD_LETTERS));
        List<String> ours;
        synchronized (this) {
            ours = subscriptions.stream().map(Subscription::group).distinct().toList();
        }
        ours.stream()
                .map(group -> new GroupTopics(group).deadLetters())
                .filter(topic -> !topics.contains(topic))
                .filter(topic -> !admin.topics(topic, "").isEmpty())
                .forEach(topics::add);
        return topics;
    }

    private Subscription register(String group, String pattern, Progress progress, Gate gate, Preparation preparation) {
        Subscription subscription = new Subscription(group, pattern, progress, gate, admin, this::forget);
        enter(subscription);
        Preparation whole = () -> {
            admin.checkSamePattern(group, pattern);
            return preparation.prepare();
        };
        try {
            subscription.begin(whole);
        } catch (SubscriptionException e) {
            if (!patient || !e.isOutage()) {
                forget(subscription);
                throw e;
            }
            subscription.beginLater(whole, e);
        }
        return subscription;
    }

    private synchronized void enter(Subscription subscription) {
        if (closed) {
            throw new SubscriptionException("subscribe: expected an open event bus, this one is closed");
        }
        subscriptions.stream()
                .filter(other -> other.group().equals(subscription.group()))
                .filter(other -> !other.pattern().equals(subscription.pattern()))
                .findFirst()
                .ifPresent(other -> {
                    throw new SubscriptionException("group " + other.group() + ": expected the pattern '"
                            + other.pattern() + "' that it is subscribed to here, got '" + subscription.pattern()
                            + "': each event goes to one member, so give this subscription a group of its own");
                });
        subscriptions.add(subscription);
        watchers.forEach(watcher -> watcher.accept(subscription));
    }

    private synchronized void forget(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** {@return why subscriptions do not work at the moment, one sentence each; empty: all work} */
    public List<String> notReady() {
        List<Subscription> open;
        synchronized (this) {
            open = List.copyOf(subscriptions);
        }
        return open.stream().flatMap(each -> each.notReady().stream()).toList();
    }

    private synchronized Letterbox letterbox() {
        if (letterbox == null) {
            letterbox = Letterbox.open(kafka, application + "-letters", deadline);
        }
        return letterbox;
    }

    private String group(String pattern) {
        return application + "." + pattern.replace("*", "any");
    }

    /** Closes every subscription, each within a few seconds. Calling it again does nothing. */
    @Override
    public void close() {
        List<Subscription> open;
        synchronized (this) {
            open = List.copyOf(subscriptions);
            subscriptions.clear();
            closed = true;
        }
        open.forEach(Subscription::end);
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
