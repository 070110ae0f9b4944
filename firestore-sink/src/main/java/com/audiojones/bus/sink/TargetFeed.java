package com.audiojones.bus.sink;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.target.TargetVault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code webhook.targets}, from which the dispatchers learn their targets, equal to the store's targets: compares
 * all of them at the start, then follows the store's change log. Several feeds may run at once; they write the same. One
 * thread of its own does all of it.
 */
public final class TargetFeed implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(TargetFeed.class);
    private static final String NAME = "target-feed";
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final SinkSettings settings;
    private final KafkaSettings kafka;
    private final TargetTopicReader topicReader;
    private final TargetStore store;
    private final Clock clock;
    private final TargetVault vault;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name(NAME).unstarted(this::run);

    /** The feed's thread only. */
    private boolean reconciled;

    private volatile @Nullable String trouble = "compares the store's targets with those in force";

    /** Prepares the feed; {@link #start()} opens its connections. The store stays open. */
    public TargetFeed(SinkSettings settings, KafkaSettings kafka, TargetStore store, Clock clock, TargetVault vault) {
        this.vault = vault;
        this.settings = settings;
        this.kafka = kafka;
        this.topicReader = new TargetTopicReader(kafka);
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public List<String> notReady() {
        String current = trouble;
        return current == null ? List.of() : List.of(NAME + ": " + current);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive() && !thread.join(GRACE)) {
                thread.interrupt();
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                connect();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("{}: stopped in the middle of a step, which will be done again", NAME);
        }
    }

    /** Feeds until it is closed, or returns when no producer could be made. */
    private void connect() throws InterruptedException {
        try (TargetTopic topic = new TargetTopic(kafka, "ajbus-target-feed", vault)) {
            feed(new TargetSync(store, topic, settings.confirmTargetRemoval(), clock, vault));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            note("tries again after: " + e.getMessage());
        }
    }

    private void feed(TargetSync sync) throws InterruptedException {
        Duration pause = Duration.ZERO;
        while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            String problem = attempt(sync);
            note(problem);
            pause = problem == null ? STEP : longer(pause);
        }
    }

    /** {@return what keeps the feed from going on, null if nothing does} */
    private @Nullable String attempt(TargetSync sync) throws InterruptedException {
        try {
            if (reconciled) {
                reconciled = sync.follow();
                return null;
            }
            Optional<String> refusal = sync.reconcile(topicReader.read());
            reconciled = refusal.isEmpty();
            return refusal.orElse(null);
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            return "tries again after: " + e.getMessage();
        }
    }

    private void note(@Nullable String problem) {
        if (problem != null && !problem.equals(trouble)) {
            LOG.warn("{}: {}", NAME, problem);
        }
        trouble = problem;
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? STEP : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
