package com.audiojones.bus.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.subscribe.ReceivedEvent;
import com.audiojones.bus.subscribe.SubscribeOptions;
import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.subscribe.SubscriptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups of subscribers on a real broker: who shares what, and what becomes of it when members come and go. */
@Timeout(300)
class SubscriberGroupIT extends SubscribingTest {

    @Test
    void aSubscriptionMayBeginPausedAndAClosedOneIsForgotten() throws Exception {
        SubscribeOptions options = SubscribeOptions.DEFAULTS.inGroup("later").paused();
        Subscription first = bus.subscribe("audit.user", options, event -> seen.add(event.id()));
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P1, "a")));
        await().atMost(SOON).until(() -> bus.notReady().isEmpty());
        Thread.sleep(300);
        assertThat(seen).isEmpty();
        first.resume();
        await().atMost(SOON).until(() -> seen.size() == 1);

        first.close();
        first.close();

        assertThat(first.notReady()).containsExactly("the subscription to audit.user is closed");
        assertThat(bus.notReady()).isEmpty();
        bus.subscribe("audit.data", options, event -> {});
    }

    @Test
    void aGroupIsForOnePattern() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("shared");
        Subscription first = bus.subscribe("audit.user", group, event -> {});
        assertThatThrownBy(() -> bus.subscribe("audit.data", group, event -> {}))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageContaining("group shared: expected the pattern 'audit.user'");
        await().atMost(SOON).until(() -> first.notReady().isEmpty());

        try (EventBus other = connect("other")) {
            assertThatThrownBy(() -> other.subscribe("audit.data", group, event -> {}))
                    .isInstanceOf(SubscriptionException.class)
                    .hasMessageContaining("group shared: expected the pattern 'audit.user' of its running members");
            other.subscribe("audit.user", group, event -> {});
        }
    }

    @Test
    void aNewGroupMayBeginNow() throws Exception {
        kafka.write(List.of(LaneRecords.of("before", "user.login", Priority.P1, "a")));
        bus.subscribe("audit.user", SubscribeOptions.DEFAULTS.fromNow(), event -> seen.add(event.id()));
        kafka.write(List.of(LaneRecords.of("after", "user.login", Priority.P1, "a")));

        await().atMost(SOON).until(() -> !seen.isEmpty());

        Thread.sleep(300);
        assertThat(seen).containsExactly("after");
    }

    @Test
    void membersOfAGroupShareTheEventsAndAGracefulEndRepeatsNone() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            records.add(LaneRecords.of("e-" + i, "user.login", Priority.P1, "k" + i % 50));
            expected.add("e-" + i);
        }
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("members");
        EventBus other = connect("other");
        Subscription leaving = other.subscribe("audit.user", group, this::slowly);
        Subscription staying = bus.subscribe("audit.user", group, this::slowly);
        kafka.write(records);
        await().atMost(SOON)
                .until(() ->
                        leaving.counts().handled() > 100 || staying.counts().handled() > 100);

        other.close();

        await().atMost(SOON).until(() -> Set.copyOf(seen).size() == 2_000);
        assertThat(new TreeSet<>(seen)).isEqualTo(expected);
        assertThat(seen).hasSize(2_000);
        assertThat(leaving.counts().inFlight()).isZero();
        assertThat(staying.counts().handled() + leaving.counts().handled()).isEqualTo(2_000);
    }

    @Test
    void aHandlerThatOutlastsTwoRebalancesStopsNothing() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("outlasted");
        CountDownLatch release = new CountDownLatch(1);
        bus.subscribe("audit.user", group, event -> {
            if (event.id().equals("e-0") && release.getCount() > 0) {
                release.await();
            }
            seen.add(event.id());
        });
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(LaneRecords.of("e-" + i, "user.login", Priority.P1, "k" + i % 3));
        }
        kafka.write(records);
        await().atMost(SOON).until(() -> seen.size() > 50);

        for (int i = 0; i < 2; i++) {
            EventBus other = connect("other");
            Subscription passing = other.subscribe("audit.user", group, event -> Thread.sleep(Duration.ofMinutes(1)));
            await().atMost(SOON).until(() -> passing.notReady().isEmpty());
            other.close();
        }
        release.countDown();

        await().atMost(SOON).until(() -> Set.copyOf(seen).size() == 200);
    }

    @Test
    void anOrderedGroupWorksOffWhatItLeftWaitingWhenItWasNot() throws Exception {
        SubscribeOptions group = SubscribeOptions.DEFAULTS.inGroup("changed");
        Subscription unordered = bus.subscribe("audit.user", group.unordered(), event -> {
            throw new IllegalStateException("not yet");
        });
        kafka.write(List.of(LaneRecords.of("a1", "user.login", Priority.P1, "a")));
        await().atMost(SOON)
                .until(() -> kafka.records("bus.sub.changed.retry.2s").size() == 1);
        unordered.close();

        bus.subscribe("audit.user", group, event -> seen.add(event.id()));

        await().atMost(SOON).until(() -> seen.contains("a1"));
    }

    private void slowly(ReceivedEvent event) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(2);
        seen.add(event.id());
    }
}
