package com.audiojones.bus.dispatcher.http;

import com.audiojones.bus.target.AddressGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Knows the addresses of names, judged by the guard. Lookups run on threads of their own, one per name at a time, so a
 * name whose lookup hangs holds up nobody but its own requests. Safe for use by many threads.
 */
final class AddressBook implements AutoCloseable {

    private static final int MAX_NAMES = 10_000;
    private static final int MAX_LOOKUPS = 64;

    private final NameLookup lookup;
    private final AddressGuard guard;
    private final Duration kept;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MAX_LOOKUPS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("http-names-", 0).daemon().factory());

    /**
     * Starts no thread yet.
     *
     * @param kept how long a name's addresses are used without asking again
     */
    AddressBook(NameLookup lookup, AddressGuard guard, Duration kept) {
        this.lookup = lookup;
        this.guard = guard;
        this.kept = kept;
    }

    /**
     * The addresses that may be dialled for a name or an address literal, at least one. Returns at once. Fails with
     * {@link BlockedAddressException} if any of them may not be dialled, with {@link UnknownHostException} if there is
     * none.
     */
    CompletableFuture<List<InetAddress>> find(String name) {
        Entry known = entries.get(name);
        if (known != null && isCurrent(known)) {
            return known.addresses;
        }
        Entry fresh = new Entry();
        Entry current = entries.compute(name, (n, other) -> other == null || !isCurrent(other) ? fresh : other);
        if (current == fresh) {
            start(name, fresh);
        }
        return current.addresses;
    }

    /** While the lookup runs, and for a short while afterwards. */
    private boolean isCurrent(Entry entry) {
        return !entry.addresses.isDone() || System.nanoTime() - entry.foundAt < kept.toNanos();
    }

    private void start(String name, Entry entry) {
        try {
            threads.execute(() -> fill(name, entry));
        } catch (RejectedExecutionException e) {
            fail(name, entry, new UnknownHostException(name + ": too many other names are being looked up"));
        }
    }

    private void fill(String name, Entry entry) {
        try {
            List<InetAddress> found = judged(name);
            if (entries.size() > MAX_NAMES) {
                entries.values().removeIf(known -> known.addresses.isDone());
            }
            entry.foundAt = System.nanoTime();
            entry.addresses.complete(found);
        } catch (UnknownHostException | RuntimeException e) {
            fail(name, entry, e);
        }
    }

    private void fail(String name, Entry entry, Exception failure) {
        entries.remove(name, entry);
        entry.addresses.completeExceptionally(failure);
    }

    private List<InetAddress> judged(String name) throws UnknownHostException {
        List<InetAddress> addresses = List.of(lookup.addresses(name));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(name + ": no address");
        }
        for (InetAddress address : addresses) {
            Optional<String> refusal = guard.refusal(address);
            if (refusal.isPresent()) {
                throw new BlockedAddressException(name + ": " + refusal.get());
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A name's addresses, from the start of their lookup. */
    private static final class Entry {
        private final CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        private volatile long foundAt;
    }
}
