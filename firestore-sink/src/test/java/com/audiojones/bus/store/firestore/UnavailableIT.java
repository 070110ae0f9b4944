package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.testkit.FirestoreEmulator;
import com.audiojones.bus.testkit.store.Documents;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.firestore.FirestoreOptions;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Google's client and emulator, where a call in three fails: some before Firestore did it, some after. */
class UnavailableIT {

    private static final int EVENTS = 3_000;
    private static final int BATCH = 60;
    private static final List<Status> FAULTS =
            List.of(Status.UNAVAILABLE, Status.ABORTED, Status.DEADLINE_EXCEEDED, Status.INTERNAL, Status.UNKNOWN);

    private final long seed = Long.getLong("ajbus.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int failures;

    @Test
    void whatIsWrittenUntilItWorksIsThereOnceWithItsLastCounters() {
        FirestoreStoreSettings settings = new FirestoreStoreSettings(
                "unavailable", "(default)", FirestoreEmulator.shared().host(), null, 2, Duration.ofDays(1));
        try (FirestoreEventStore store = FirestoreEventStore.open(settings, faulty(settings), TargetVault.CLEAR);
                FirestoreEventStore reading = FirestoreEventStore.open(settings)) {
            for (int from = 0; from < EVENTS; from += BATCH) {
                writeUntilItWorks(store, batch(from));
            }

            System.err.println("UnavailableIT: seed " + seed + ", " + failures + " batches failed and were repeated");
            List<StoredEvent> all = Documents.all(reading);
            assertThat(all).as("seed %s", seed).hasSize(EVENTS);
            assertThat(all)
                    .as("seed %s", seed)
                    .allMatch(event ->
                            event.dispatchedTo() == 2 && event.deliverySuccess() == 1 && event.deliveryFailed() == 1);
            assertThat(failures).isGreaterThan(5);
        }
    }

    /** Events with their first counters, and the last counters of the batch before. */
    private static List<StoreWrite> batch(int from) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
            writes.add(new EventWrite(headers(i), "{\"payload\":{\"n\":" + i + "}}"));
            writes.add(status(i, 0, 0));
            if (i >= BATCH) {
                writes.add(status(i - BATCH, 1, 1));
            }
            if (i >= EVENTS - BATCH) {
                writes.add(status(i, 1, 1));
            }
        }
        return writes;
    }

    private void writeUntilItWorks(FirestoreEventStore store, List<StoreWrite> writes) {
        while (true) {
            try {
                assertThat(store.write(writes)).isEmpty();
                return;
            } catch (StoreUnavailableException e) {
                failures++;
            }
        }
    }

    private FirestoreOptions faulty(FirestoreStoreSettings settings) {
        FirestoreOptions.Builder options = FirestoreOptions.newBuilder()
                .setChannelProvider(InstantiatingGrpcChannelProvider.newBuilder()
                        .setEndpoint(String.valueOf(settings.emulatorHost()))
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .setInterceptorProvider(() -> List.of(new Faults()))
                        .build())
                .setCredentialsProvider(FixedCredentialsProvider.create(new FirestoreOptions.EmulatorCredentials()));
        return options.setProjectId(settings.projectId()).build();
    }

    private synchronized int chance(int bound) {
        return random.nextInt(bound);
    }

    private final class Faults implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            int fate = chance(6);
            if (fate > 1) {
                return next.newCall(method, options);
            }
            Status fault = FAULTS.get(chance(FAULTS.size()));
            if (fate == 0) {
                return new Unsent<>(fault);
            }
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(new Failing<>(listener, fault, this), headers);
                }
            };
        }
    }

    /** Fails before anything is sent. */
    private static final class Unsent<Q, A> extends ClientCall<Q, A> {
        private final Status fault;

        Unsent(Status fault) {
            this.fault = fault;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(fault, new Metadata());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }

    /** Keeps the answer back and says that the call failed. */
    private static final class Failing<A> extends SimpleForwardingClientCallListener<A> {
        private final Status fault;

        private final ClientCall<?, A> call;

        Failing(ClientCall.Listener<A> listener, Status fault, ClientCall<?, A> call) {
            super(listener);
            this.fault = fault;
            this.call = call;
        }

        @Override
        public void onMessage(A message) {
            call.request(1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            super.onClose(fault, trailers);
        }
    }

    private static StatusWrite status(int i, int success, int failed) {
        return new StatusWrite(new EventStatus("evt_" + i, null, 2, success, failed));
    }

    private static LaneHeaders headers(int i) {
        Instant at = Instant.parse("2026-11-27T10:00:00Z").plusMillis(i);
        return new LaneHeaders(
                new EventId("evt_" + i),
                "status_change",
                "status_change",
                "events.status",
                Priority.P1,
                at,
                at,
                null,
                1,
                null,
                null,
                null);
    }
}
