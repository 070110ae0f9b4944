package com.audiojones.bus;

import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.BusClosedException;
import com.audiojones.bus.publish.BusEvent;
import com.audiojones.bus.publish.PublishCounts;
import com.audiojones.bus.publish.PublishFailedException;
import com.audiojones.bus.publish.Published;
import com.audiojones.bus.publish.Publisher;
import com.audiojones.bus.publish.RejectedEventException;
import com.audiojones.bus.subscribe.AsyncEventHandler;
import com.audiojones.bus.subscribe.DeadLetterHandler;
import com.audiojones.bus.subscribe.EventHandler;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.subscribe.Subscriber;
import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.subscribe.SubscriptionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events and subscribes to them. One for each application, safe for use by many threads.
 *
 * <p>An event is durable when its future completes: on all in-sync replicas, or forced to this machine's disk where there
 * is a spool. Futures complete on a thread of the bus: what blocks for long belongs behind {@code thenApplyAsync}. Nothing waits
 * for a batch to fill: events that come together travel together, and one that comes alone leaves at once.
 *
 * <p>Subscribers get every event at least once, through crashes of theirs too; the id tells those that come again.
 */
public final class EventBus implements AutoCloseable {

    private final Publisher publisher;
    private final Subscriber subscriber;
    private volatile boolean closed;

    private EventBus(Publisher publisher, Subscriber subscriber) {
        this.publisher = publisher;
        this.subscriber = subscriber;
    }

    /**
     * Connects to the bus. Blocks until Kafka has answered, up to the deadline; with a spool it does not ask.
     *
     * @param settings how the application uses the bus
     * @return the bus
     * @throws BusUnavailableException if Kafka does not answer in time, or refuses
     */
    public static EventBus connect(EventBusSettings settings) {
        try {
            if (settings.spool() == null) {
                Connection.check(settings);
            }
            Publisher publisher = Publisher.open(settings.kafka(), settings.publishing());
            return new EventBus(
                    publisher,
                    new Subscriber(
                            settings.kafka(),
                            settings.application(),
                            settings.deadline(),
                            settings.spool() != null,
                            InstantSource.system()));
        } catch (KafkaException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new BusUnavailableException(
                    "Kafka at " + settings.kafka().bootstrapServers()
                            + ": expected settings that its clients take, got: " + reason,
                    e);
        }
    }

    /**
     * Publishes one event. Blocks only while the buffer for Kafka is full, or its topic is asked for the first time, up to
     * the deadline.
     *
     * @param event an {@link com.audiojones.bus.publish.AuditEvent} or an {@link AjEvent}
     * @return where it is durable; fails with a {@link PublishFailedException}
     * @throws RejectedEventException if the router would refuse the event; nothing was sent
     * @throws BusClosedException after {@link #close}
     */
    public CompletableFuture<Published> publish(BusEvent event) {
        return publisher.publish(event);
    }

    /**
     * Publishes one AJ event.
     *
     * @param type such as {@link com.audiojones.bus.publish.AjEventType#STATUS_CHANGE}
     * @param payload anything that Jackson writes as JSON
     * @param metadata values that Jackson writes as JSON, by name
     * @return where it is durable, as {@link #publish(BusEvent)}
     */
    public CompletableFuture<Published> publish(
            @Nullable String type, @Nullable Object payload, Map<String, ?> metadata) {
        return publish(AjEvent.of(type, payload).withMetadata(metadata));
    }

    /**
     * Publishes an event that is JSON already, as it is.
     *
     * @param topic an ingest topic
     * @param key the ordering key; null: what the event says, blueprintId, else actor, else metadata.source
     * @param json the event, whole, in UTF-8; an id is put into it where it has none
     * @return where it is durable; fails with a {@link PublishFailedException}
     * @throws RejectedEventException if the router would refuse the event; nothing was sent
     * @throws BusClosedException after {@link #close}
     */
    public CompletableFuture<Published> publishJson(String topic, @Nullable String key, byte[] json) {
        return publisher.publishJson(topic, key, json);
    }

    /**
     * Publishes events in their order. All are checked before the first one is sent.
     *
     * @param events the events
     * @return where each is durable, in the same order; fails with the first failure when all have ended
     * @throws RejectedEventException if the router would refuse one; none was sent then
     */
    public CompletableFuture<List<Published>> publishAll(Collection<? extends BusEvent> events) {
        return publisher.publishAll(events);
    }

    /**
     * Blocks until every event that was published before is durable or has failed.
     *
     * @param within how long that may take
     * @throws PublishFailedException if it takes longer
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void flush(Duration within) throws InterruptedException {
        publisher.flush(within);
    }

    /** {@return what became of the events that were published so far} */
    public PublishCounts counts() {
        return publisher.counts();
    }

    /**
     * Subscribes with a handler that may block. Ordered by key, in a group made of the application and the pattern that
     * begins with the oldest event Kafka has.
     *
     * @param pattern names or types: {@code audit.user}, {@code audit.user.action.*}, {@code status_change}, {@code status_*}
     * @param handler works on the events
     * @return the running subscription, as {@link #subscribe(String, SubscribeOptions, EventHandler)}
     */
    public Subscription subscribe(String pattern, EventHandler handler) {
        return subscribe(pattern, SubscribeOptions.DEFAULTS, handler);
    }

    /**
     * Subscribes with a handler that may block.
     *
     * @param pattern names or types
     * @param options how
     * @param handler works on the events
     * @return the running subscription
     * @throws IllegalArgumentException if no event can have such a name
     * @throws SubscriptionException if the group is subscribed to something else, or Kafka does not answer; with a spool
     *     the subscription begins when it does
     * @throws BusClosedException after {@link #close}
     */
    public Subscription subscribe(String pattern, SubscribeOptions options, EventHandler handler) {
        return subscribeAsync(pattern, options, event -> {
            handler.handle(event);
            return CompletableFuture.completedStage(null);
        });
    }

    /**
     * Subscribes with a handler that returns at once; the completion of its stage is the acknowledgement.
     *
     * @param pattern names or types
     * @param options how
     * @param handler works on the events
     * @return the running subscription
     * @throws IllegalArgumentException if no event can have such a name
     * @throws SubscriptionException if the group is subscribed to something else, or Kafka does not answer; with a spool
     *     the subscription begins when it does
     * @throws BusClosedException after {@link #close}
     */
    public Subscription subscribeAsync(String pattern, SubscribeOptions options, AsyncEventHandler handler) {
        checkOpen();
        return subscriber.subscribe(pattern, options, handler);
    }

    /**
     * Subscribes to what was given up: for webhook targets, and for those groups of this application that exist by now.
     *
     * @param handler works on the dead letters
     * @return the running subscription, as {@link #subscribeToDeadLetters(SubscribeOptions, DeadLetterHandler)}
     */
    public Subscription subscribeToDeadLetters(DeadLetterHandler handler) {
        return subscribeToDeadLetters(SubscribeOptions.DEFAULTS, handler);
    }

    /**
     * Subscribes to what was given up.
     *
     * @param options how
     * @param handler works on the dead letters
     * @return the running subscription
     * @throws SubscriptionException if Kafka does not answer
     */
    public Subscription subscribeToDeadLetters(SubscribeOptions options, DeadLetterHandler handler) {
        checkOpen();
        return subscriber.subscribeToDeadLetters(options, handler);
    }

    /**
     * Closes the subscriptions, then lets what was published become durable, each within a few seconds. Calling it again
     * does nothing.
     */
    @Override
    public void close() {
        closed = true;
        try {
            subscriber.close();
        } finally {
            publisher.close();
        }
    }

    /**
     * {@return why publishing or a subscription does not work at the moment, one sentence each; empty: all works. Asks
     * nobody, so health checks may call it often}
     */
    public List<String> notReady() {
        return Stream.concat(publisher.notReady().stream(), subscriber.notReady().stream())
                .toList();
    }

    /** Tells of every subscription once: those that are there, then each that is made. */
    void onSubscription(Consumer<Subscription> told) {
        subscriber.onSubscription(told);
    }

    private void checkOpen() {
        if (closed) {
            throw new BusClosedException("subscribe: expected an open event bus, this one is closed");
        }
    }
}
