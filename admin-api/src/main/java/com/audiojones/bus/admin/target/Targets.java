package com.audiojones.bus.admin.target;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.PayloadFilter;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetPublisher;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The targets, kept in the store and in force in Kafka. What a method changed is durable in both when it returns; where
 * it throws, nothing was changed, or the target feed brings both together again. Blocks on both; safe for use by many
 * threads.
 */
public final class Targets {

    private static final Duration HIDDEN_LIFE = Duration.ofHours(1);
    private static final int SECRET_BYTES = 32;

    private final TargetStore store;
    private final TargetPublisher feed;
    private final TargetRules rules;
    private final TargetRequests requests;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Of two changes at once neither takes back what the other set, and none brings a deleted target back. */
    private final Lock changes = new ReentrantLock();

    /**
     * Works on a store and a feed.
     *
     * @param store keeps the targets
     * @param feed puts them in force
     * @param rules what the operator allows
     * @param clock tells when a target is made
     */
    public Targets(TargetStore store, TargetPublisher feed, TargetRules rules, Clock clock) {
        this.store = store;
        this.feed = feed;
        this.rules = rules;
        this.requests = new TargetRequests(rules, clock);
        this.clock = clock;
    }

    /** {@return every target that people see, oldest first} */
    public List<Target> all() {
        return store.all().stream().filter(target -> !target.isHidden()).toList();
    }

    /**
     * {@return one target that people see, empty if there is none of that id}
     *
     * @param id the target's id, or anything else
     */
    public Optional<Target> byId(String id) {
        return store.byId(id).filter(target -> !target.isHidden());
    }

    /**
     * {@return the targets that want an event}
     *
     * @param event the event's headers
     * @param body the body that would be delivered
     */
    public List<Target> wanting(LaneHeaders event, byte[] body) {
        return all().stream()
                .filter(target -> target.wants(event.name(), event.eventType()))
                .filter(target -> {
                    PayloadFilter filter = target.options().filter();
                    return filter == null || filter.matches(body);
                })
                .toList();
    }

    /**
     * {@return the targets that people see at a URL, whatever they want}
     *
     * @param url spelled as on the target
     */
    public List<Target> at(String url) {
        return all().stream().filter(target -> target.url().equals(url)).toList();
    }

    /**
     * Makes a target. Without a secret it is signed for with the shared one, or gets one of its own where there is none.
     *
     * @param json the target as a client wrote it
     * @return the target, in force
     * @throws InvalidTargetException if it is no target
     * @throws RefusedException if the operator does not allow it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public CreatedTarget create(byte[] json) throws InvalidTargetException, InterruptedException {
        Target target = requests.made(json);
        if (target.secret() != null || rules.sharedSecret() != null) {
            return new CreatedTarget(putInForce(target), null);
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        Secret secret = new Secret("whsec_" + Base64.getEncoder().encodeToString(bytes));
        return new CreatedTarget(putInForce(with(target, secret, null)), secret);
    }

    /**
     * Makes a target for one replay: signed for with the shared secret, hidden, gone within an hour.
     *
     * @param url where it points to
     * @return the target, in force
     * @throws RefusedException if the URL is none, the operator does not allow it, or nothing could sign for it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public Target createHidden(String url) throws InterruptedException {
        Target target = checkedUrl(url);
        if (rules.sharedSecret() == null) {
            throw new RefusedException(
                    Reason.INVALID,
                    "targetUrl: expected the url of a target, got another, which needs a shared secret to sign with;"
                            + " set webhook.shared-secret (AJ_WEBHOOK_SHARED_SECRET)");
        }
        return putInForce(with(target, null, clock.instant().plus(HIDDEN_LIFE)));
    }

    /**
     * Changes a target. A secret that is replaced goes on signing beside the new one for a while. A change that was
     * stored and could not be put in force is kept, and the target feed puts it in force; making it again is safe.
     *
     * @param id the target's id, or anything else
     * @param json the fields to set; null sets one back to its default
     * @return the target, in force; empty if there is none of that id that people see
     * @throws InvalidTargetException if it would be no target then
     * @throws RefusedException if the operator does not allow it
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public Optional<Target> change(String id, byte[] json) throws InvalidTargetException, InterruptedException {
        changes.lockInterruptibly();
        try {
            Optional<Target> before = byId(id);
            if (before.isEmpty()) {
                return before;
            }
            Target saved = store.save(requests.changed(before.get(), json));
            feed.publish(saved);
            return Optional.of(saved);
        } finally {
            changes.unlock();
        }
    }

    /**
     * {@return what {@link #create} or {@link #change} would refuse, one sentence; empty: nothing}
     *
     * @param before the target that would be changed; null: one would be made
     * @param json the fields to set
     */
    public Optional<String> problem(@Nullable Target before, byte[] json) {
        try {
            Target unused = before == null ? requests.made(json) : requests.changed(before, json);
            return Optional.empty();
        } catch (InvalidTargetException e) {
            return Optional.of(e.reason());
        } catch (RefusedException e) {
            return Optional.of(e.sentence());
        }
    }

    /**
     * Deletes a target.
     *
     * @param id the target's id, or anything else
     * @return whether there was one that people see
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean delete(String id) throws InterruptedException {
        changes.lockInterruptibly();
        try {
            if (byId(id).isEmpty()) {
                return false;
            }
            feed.publishDeletion(id);
            return store.delete(id);
        } finally {
            changes.unlock();
        }
    }

    private Target checkedUrl(String url) {
        try {
            return requests.made(requestFor(url));
        } catch (InvalidTargetException e) {
            throw new RefusedException(Reason.INVALID, e.reason().replaceFirst("^url:", "targetUrl:"));
        }
    }

    /** A target that could not be put in force is taken back, so that a client that tries again does not make two. */
    private Target putInForce(Target target) throws InterruptedException {
        Target saved = store.save(target);
        boolean inForce = false;
        try {
            feed.publish(saved);
            inForce = true;
        } finally {
            if (!inForce) {
                store.delete(saved.id());
            }
        }
        return saved;
    }

    private static byte[] requestFor(String url) {
        String json = JsonNodeFactory.instance.objectNode().put("url", url).toString();
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Target with(Target target, @Nullable Secret secret, @Nullable Instant expiresAt) {
        return new Target(
                target.id(),
                target.url(),
                secret,
                target.active(),
                target.events(),
                target.description(),
                target.createdAt(),
                target.updatedAt(),
                target.version(),
                target.allowHttp(),
                expiresAt,
                target.options());
    }
}
